/** What the emulated app tells the test that started it, over the child process's channel. */
export type EmulatorMessage =
  /** A window shows its page; `debugAddress` is where to connect to drive it. */
  | { readonly kind: 'window-loaded'; readonly url: string; readonly debugAddress: string }
  | { readonly kind: 'opened-outside'; readonly url: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'error-box'; readonly title: string; readonly text: string }

export function tell(message: EmulatorMessage): void {
  process.send?.(message)
}
