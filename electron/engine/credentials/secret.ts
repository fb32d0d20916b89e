import { inspect } from 'node:util'

const LEAST_HIDDEN = 6

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

  /** A text of somebody who has been shown this secret, without it. What is as short as a word stays, for the text would be spoilt and nothing hidden. */
  hiddenIn(text: string): string {
    return this.#value.length >= LEAST_HIDDEN ? text.replaceAll(this.#value, '[hidden]') : text
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
