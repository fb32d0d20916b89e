import { inspect } from 'node:util'

/** A secret is opened at the moment of use; printing, JSON, copying and inspecting it yield nothing. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** Hands the text to `use` and returns what that returns. Never keep the text. */
  use<T>(use: (value: string) => T): T {
    return use(this.#value)
  }

  /** What a person needs to tell two keys apart; fully masked when the key is too short to spare four characters. */
  get last4(): string {
    return this.#value.length >= 12 ? this.#value.slice(-4) : ''
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
