/** The key file of a Google service account, as people paste it: https://cloud.google.com/iam/docs/keys-create-delete */
import { Failure } from '../../../../shared/failure.ts'

export interface ServiceAccount {
  readonly email: string
  readonly project: string
  /** Where the models run: a region, `us`, `eu`, or `global`. */
  readonly location: string
  /** PEM. */
  readonly privateKey: string
  readonly privateKeyId: string | undefined
  readonly tokenUri: string
}

/** Serves every model and promises no place. */
const DEFAULT_LOCATION = 'global'
const TOKEN_URI = 'https://oauth2.googleapis.com/token'

const FORM =
  'Paste the JSON key file of a service account. Models run in the location "global" unless a field "location" in it, or @location behind it, names another.'

/** Both become parts of an address, so nothing else may pass. */
const PROJECT = /^[a-z0-9.:-]{1,100}$/
const LOCATION = /^[a-z]+(?:-[a-z]+\d+)?$/

/** @throws Failure 'credential-refused' that says what is missing and holds nothing of the secret */
export function readServiceAccount(secret: string): ServiceAccount {
  const [, json = '', behind] = /^\s*(\{[\s\S]*\})\s*(?:@\s*([^\s@]+)\s*)?$/.exec(secret) ?? []
  if (json === '') throw refused('is not the JSON of a service account')
  let fields: Readonly<Record<string, unknown>>
  try {
    fields = JSON.parse(json) as Record<string, unknown>
  } catch {
    // the parser's own message quotes the secret
    throw refused('looks like JSON but is not valid')
  }
  const field = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  if (fields.type !== undefined && fields.type !== 'service_account') throw refused('is not that of a service account')
  const [email, project, privateKey] = [field('client_email'), field('project_id'), field('private_key')]
  if (email === undefined || project === undefined || privateKey === undefined) throw refused('has no client_email, no project_id or no private_key')
  const location = behind ?? field('location') ?? DEFAULT_LOCATION
  if (!PROJECT.test(project)) throw refused('has a project_id that cannot be one')
  if (!LOCATION.test(location)) throw refused('has a location that is not of the form us-central1')
  return { email, project, location, privateKey, privateKeyId: field('private_key_id'), tokenUri: tokenUriOf(field('token_uri') ?? TOKEN_URI) }
}

/** Whoever is asked for a token sees a signed assertion; in the open that would be a key for an hour. */
function tokenUriOf(text: string): string {
  const isLocal = /^http:\/\/127\.0\.0\.1(?::\d+)?\//.test(text)
  if (!isLocal && !/^https:\/\/[a-z0-9.-]+\//.test(text)) throw refused('has a token_uri that is no https address')
  return text
}

export function refused(what: string): Failure {
  return new Failure('credential-refused', `The key for Google Vertex AI ${what}. ${FORM}`)
}
