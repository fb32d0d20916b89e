/** What happened to a request, in sentences. */
import type { FailureKind } from '../../../shared/failure.ts'
import { plural, type Texts } from '../../i18n/texts.ts'

export interface StoryTexts {
  readonly failures: Readonly<Record<FailureKind, string>>
  /** For a narrow column; others are shown by their kind's own name. */
  readonly short: Readonly<Partial<Record<FailureKind, string>>>
  readonly outcomes: Readonly<Record<'ok' | 'waiting' | 'streaming', string>>
  readonly nobody: string
  readonly unreadable: string
  readonly asked: (who: string, model: string) => string
  readonly fromCache: string
  readonly notBegun: string
  readonly answering: (who: string | undefined) => string
  readonly answered: (who: string | undefined, took: string | undefined, atLimit: boolean) => string
  readonly left: (asked: string, took: string | undefined, inAnswer: boolean) => string
  readonly failed: (attempts: number, why: string) => string
  readonly detour: (endpoint: string, why: string) => string
  readonly detours: (count: number, endpoints: string) => string
  readonly cache: {
    readonly exact: (age: string) => string
    readonly semantic: (similarity: string, age: string) => string
    readonly merged: string
    readonly refresh: string
    readonly miss: (nearMiss: string | undefined) => string
  }
  readonly attempt: {
    readonly waiting: (took: string) => string
    readonly failed: (status: number | undefined, why: string, took: string) => string
    readonly committed: (took: string) => string
    readonly done: (waited: string, streamed: string) => string
    readonly broken: (why: string, took: string) => string
    readonly cancelled: (took: string) => string
    readonly left: (took: string) => string
    readonly again: string
    readonly formerKey: string
    readonly hedge: string
    readonly mayHaveCost: (usd: string) => string
  }
}

export const STORY_TEXTS: Texts<StoryTexts> = {
  en: {
    failures: {
      'bad-request': 'the request was not valid',
      'invalid-json': 'the body was not valid JSON',
      'context-too-long': 'the conversation is longer than the model can read',
      'unsupported-parameter': 'a parameter is not supported',
      'content-policy': 'the content policy stopped it',
      unauthenticated: 'the client key was missing or unknown',
      forbidden: 'the client key may not do this',
      'unknown-model': 'no such model is known',
      'unknown-route': 'there is no such route',
      'wrong-method': 'the route takes another method',
      'body-too-large': 'the body was too large',
      'wrong-media-type': 'the body was not sent as JSON',
      'no-credential': 'there is no key for this provider',
      cancelled: 'the client went away',
      'credential-refused': 'the key was refused',
      'out-of-credit': 'the account is out of credit',
      'model-missing': 'the provider does not have this model',
      'rate-limited': 'the provider limits the rate',
      overloaded: 'the provider is overloaded',
      'upstream-error': 'the provider failed',
      'upstream-unreadable': 'the answer could not be read',
      'upstream-unreachable': 'the provider could not be reached',
      'stream-broken': 'the stream broke off',
      timeout: 'it took too long',
      'shutting-down': 'Switchyard was closing',
      stopped: 'the endpoint was stopped',
      'over-budget': 'a budget of yours is used up',
      crashed: 'Switchyard stopped while it ran',
      internal: 'Switchyard failed',
    },
    short: {
      'context-too-long': 'too long',
      'unsupported-parameter': 'unsupported',
      'wrong-media-type': 'not JSON',
      unauthenticated: 'no client key',
      'no-credential': 'no key',
      'credential-refused': 'key refused',
      'upstream-error': 'provider error',
      'upstream-unreadable': 'unreadable',
      'upstream-unreachable': 'unreachable',
    },
    outcomes: { ok: 'ok', waiting: 'waiting', streaming: 'streaming' },
    nobody: 'Someone without a known key',
    unreadable: 'a model that could not be read',
    asked: (who, model) => `${who} asked for ${model}`,
    fromCache: 'The response cache answered.',
    notBegun: 'No answer has begun yet.',
    answering: (who) => `${who ?? 'An endpoint'} is answering.`,
    answered: (who, took, atLimit) =>
      `${who === undefined ? 'It was answered' : `${who} answered`}${took === undefined ? '' : ` in ${took}`}${atLimit ? ' and stopped at its length limit' : ''}`,
    left: (asked, took, inAnswer) =>
      `${asked} and left${took === undefined ? '' : ` after ${took}`}${inAnswer ? ', in the middle of the answer' : ', before the answer began'}.`,
    failed: (attempts, why) => `It failed${attempts > 1 ? ` after ${attempts} attempts` : ''}: ${why}.`,
    detour: (endpoint, why) => `At ${endpoint} ${why}`,
    detours: (count, endpoints) => `${count} attempts failed first (${endpoints})`,
    cache: {
      exact: (age) => `An equal request was answered ${age} before; this is its answer.`,
      semantic: (similarity, age) => `A question in other words (similarity ${similarity}) was answered ${age} before; this is its answer.`,
      merged: 'An equal request was being answered; both got the answer of one call, and the other one pays for it.',
      refresh: 'It was not looked for, as the request said.',
      miss: (nearMiss) => (nearMiss === undefined ? 'It held no answer to this.' : `It held no answer to this; one question was near, but: ${nearMiss}.`),
    },
    attempt: {
      waiting: (took) => `waiting, ${took}`,
      failed: (status, why, took) => `${status === undefined ? '' : `${status}, `}${why}, after ${took}`,
      committed: (took) => `answering, first content after ${took}`,
      done: (waited, streamed) => `first content ${waited}, then ${streamed}`,
      broken: (why, took) => `${why} after ${took}`,
      cancelled: (took) => `cancelled, another was faster, after ${took}`,
      left: (took) => `the client left after ${took}`,
      again: 'the same place again',
      formerKey: 'with the key that was replaced',
      hedge: 'begun while another was silent',
      mayHaveCost: (usd) => `may have cost ${usd}`,
    },
  },
  de: {
    failures: {
      'bad-request': 'die Anfrage war nicht gültig',
      'invalid-json': 'der Inhalt war kein gültiges JSON',
      'context-too-long': 'das Gespräch ist länger, als das Modell lesen kann',
      'unsupported-parameter': 'ein Parameter wird nicht unterstützt',
      'content-policy': 'die Inhaltsrichtlinie hat sie aufgehalten',
      unauthenticated: 'der Client-Schlüssel fehlte oder ist unbekannt',
      forbidden: 'der Client-Schlüssel darf das nicht',
      'unknown-model': 'ein solches Modell ist nicht bekannt',
      'unknown-route': 'diese Adresse gibt es nicht',
      'wrong-method': 'diese Adresse verlangt eine andere Methode',
      'body-too-large': 'der Inhalt war zu groß',
      'wrong-media-type': 'der Inhalt wurde nicht als JSON gesendet',
      'no-credential': 'für diesen Anbieter ist kein Schlüssel da',
      cancelled: 'der Client ging weg',
      'credential-refused': 'der Schlüssel wurde abgelehnt',
      'out-of-credit': 'das Konto hat kein Guthaben mehr',
      'model-missing': 'der Anbieter hat dieses Modell nicht',
      'rate-limited': 'der Anbieter begrenzt die Zahl der Anfragen',
      overloaded: 'der Anbieter ist überlastet',
      'upstream-error': 'der Anbieter hat versagt',
      'upstream-unreadable': 'die Antwort war nicht lesbar',
      'upstream-unreachable': 'der Anbieter war nicht erreichbar',
      'stream-broken': 'der Strom brach ab',
      timeout: 'es dauerte zu lange',
      'shutting-down': 'Switchyard wurde gerade beendet',
      stopped: 'der Endpunkt war angehalten',
      'over-budget': 'eines deiner Budgets ist aufgebraucht',
      crashed: 'Switchyard endete, während sie lief',
      internal: 'Switchyard hat versagt',
    },
    short: {
      'bad-request': 'ungültig',
      'invalid-json': 'kein JSON',
      'context-too-long': 'zu lang',
      'unsupported-parameter': 'nicht möglich',
      'content-policy': 'Richtlinie',
      unauthenticated: 'kein Client-Key',
      forbidden: 'verboten',
      'unknown-model': 'unbekannt',
      'unknown-route': 'keine Adresse',
      'wrong-method': 'Methode',
      'body-too-large': 'zu groß',
      'wrong-media-type': 'kein JSON',
      'no-credential': 'kein Schlüssel',
      cancelled: 'abgebrochen',
      'credential-refused': 'abgelehnt',
      'out-of-credit': 'kein Guthaben',
      'model-missing': 'Modell fehlt',
      'rate-limited': 'begrenzt',
      overloaded: 'überlastet',
      'upstream-error': 'Anbieterfehler',
      'upstream-unreadable': 'unlesbar',
      'upstream-unreachable': 'unerreichbar',
      'stream-broken': 'abgerissen',
      timeout: 'zu langsam',
      'shutting-down': 'beendet',
      stopped: 'angehalten',
      crashed: 'abgestürzt',
      internal: 'interner Fehler',
    },
    outcomes: { ok: 'ok', waiting: 'wartet', streaming: 'antwortet' },
    nobody: 'Jemand ohne bekannten Schlüssel',
    unreadable: 'einem Modell, das nicht lesbar war',
    asked: (who, model) => `${who} fragte nach ${model}`,
    fromCache: 'Der Antwort-Cache hat geantwortet.',
    notBegun: 'Noch hat keine Antwort begonnen.',
    answering: (who) => `${who ?? 'Ein Endpunkt'} antwortet gerade.`,
    answered: (who, took, atLimit) =>
      `${who === undefined ? 'Sie wurde beantwortet' : `${who} antwortete`}${took === undefined ? '' : ` in ${took}`}${atLimit ? ' und hörte an der Längengrenze auf' : ''}`,
    left: (asked, took, inAnswer) =>
      `${asked} und ging${took === undefined ? '' : ` nach ${took}`} weg${inAnswer ? ', mitten in der Antwort' : ', bevor die Antwort begann'}.`,
    failed: (attempts, why) => `Es schlug${attempts > 1 ? ` nach ${attempts} Versuchen` : ''} fehl: ${why}.`,
    detour: (endpoint, why) => `Bei ${endpoint}: ${why}`,
    detours: (count, endpoints) => `Zuvor ${plural(count, { one: `schlug ${count} Versuch`, other: `schlugen ${count} Versuche` })} fehl (${endpoints})`,
    cache: {
      exact: (age) => `Eine gleiche Anfrage wurde ${age} zuvor beantwortet; dies ist ihre Antwort.`,
      semantic: (similarity, age) => `Eine anders gestellte Frage (Ähnlichkeit ${similarity}) wurde ${age} zuvor beantwortet; dies ist ihre Antwort.`,
      merged: 'Eine gleiche Anfrage wurde gerade beantwortet; beide bekamen die Antwort eines einzigen Aufrufs, und die andere bezahlt ihn.',
      refresh: 'Es wurde nicht nachgesehen, wie die Anfrage es wollte.',
      miss: (nearMiss) =>
        nearMiss === undefined ? 'Er hatte keine Antwort hierauf.' : `Er hatte keine Antwort hierauf; eine Frage war nah, aber: ${nearMiss}.`,
    },
    attempt: {
      waiting: (took) => `wartet, ${took}`,
      failed: (status, why, took) => `${status === undefined ? '' : `${status}, `}${why}, nach ${took}`,
      committed: (took) => `antwortet, erster Inhalt nach ${took}`,
      done: (waited, streamed) => `erster Inhalt ${waited}, dann ${streamed}`,
      broken: (why, took) => `${why} nach ${took}`,
      cancelled: (took) => `abgebrochen, ein anderer war schneller, nach ${took}`,
      left: (took) => `der Client ging nach ${took}`,
      again: 'noch einmal derselbe Ort',
      formerKey: 'mit dem ersetzten Schlüssel',
      hedge: 'begonnen, während ein anderer schwieg',
      mayHaveCost: (usd) => `kann ${usd} gekostet haben`,
    },
  },
}
