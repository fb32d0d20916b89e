/** Where keys rest, and why they cannot be had from there. */
import type { MessageOf, Said, Sentences } from './message.ts'

export const VAULT_MESSAGES = {
  'vault-locked': () => 'The key vault is locked: enter its passphrase.',
  'vault-replaced': () => 'The key vault was replaced by another: enter its passphrase.',
  'wrong-passphrase': () => 'This is not the passphrase of the key vault.',
  'choose-passphrase': () => 'Choose a passphrase for the key vault.',
  'no-vault-waits': () => 'No key vault waits for a passphrase.',
  'vault-exists': ({ file }: { file: string }) => `${file} exists already; unlock it with its passphrase.`,
  'vault-gone': ({ file }: { file: string }) => `${file} is not there (any more).`,
  'vault-unreadable': ({ file }: { file: string }) => `${file} cannot be read.`,
  'vault-unwritable': ({ file }: { file: string }) => `${file} cannot be written.`,
  'vault-damaged': ({ file }: { file: string }) => `${file} is not a key vault that can be read; it has been left as it is.`,
  'vault-altered': ({ file }: { file: string }) => `${file} was altered outside of Switchyard: what it holds does not fit its passphrase.`,
  'environment-only': () => 'Keys come from environment variables here and can only be changed there.',
  'environment-here': () => 'Keys come from environment variables here. Choose another place to store keys.',
  'no-place': () => 'There is no place for keys.',
  'no-place-yet': ({ keychain, why }: { keychain: string; why: Said }, say) =>
    `There is no place for keys yet: the ${keychain} cannot be used (${say(why)}) Choose another place first.`,

  'keychain-unusable': ({ keychain, why }: { keychain: string; why: Said }, say) => `The ${keychain} cannot be used: ${say(why)}`,
  'keychain-refused': ({ keychain, why }: { keychain: string; why: Said }, say) => `The ${keychain} refused: ${say(why)}`,
  'keychain-part': ({ keychain }: { keychain: string }) => `The ${keychain} holds only a part of this key; enter it again.`,
  'keychain-away': ({ keychain }: { keychain: string }) => `This key rests in the ${keychain}, which cannot be reached now. It was not deleted.`,
  'keychain-not-asked': () => 'It has not been asked yet.',
  'keychain-silent': () => 'It does not answer.',
  'keychain-late': () => 'It did not answer in time. Perhaps it waits for you to unlock it.',
  'keychain-forgot': () => 'It did not give back what was stored.',
  'no-libsecret': () => 'The library libsecret is not installed (Debian, Ubuntu: libsecret-1-0).',
  'no-keyring': ({ told }: { told: string }) => `No keyring is running (GNOME Keyring or KWallet). ${told}`,
  'keyring-locked': () => 'It is locked. Unlock it, then choose it again.',
  'no-session-bus': ({ told }: { told: string }) => `There is no D-Bus session, as on machines without a desktop. ${told}`,

  'former-key-stays': () => 'A replaced key has run out and its vault cannot be reached to delete it; this is tried again.',
  'provider-refused-key': ({ said }: { said: Said }, say) => `The provider refused it: ${say(said)}`,
  'key-out-of-credit': ({ said }: { said: Said }, say) => `It is out of credit: ${say(said)}`,
  'in-other-vault': () => 'It rests in another vault than the one chosen now.',
  'secret-missing': () => 'Its secret is no longer where it was stored: enter it again.',
} satisfies Sentences

export type VaultMessage = MessageOf<typeof VAULT_MESSAGES>
