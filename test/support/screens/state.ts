/** A state in which a screen can be seen, and the steps that lead there. */
import type { Page } from 'playwright-core'
import type { Words } from './words.ts'

/** What the engine does meanwhile: answers, answers nothing at all, refuses what the screen asks for, or breaks off after the screen was drawn. */
export type EngineMood = 'answers' | 'silent' | 'refuses' | 'leaves'

export interface ScreenState {
  /** `screen-state`: the name of its pictures. */
  readonly name: string
  readonly hash: string
  readonly engine?: EngineMood
  /** Needs an engine without keys, requests and answers. */
  readonly fresh?: true
  readonly prepare?: (page: Page, words: Words) => Promise<unknown>
}

/** Presses the first button of this name. */
export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).first().click()
}

/** Waits for a dialog, or a question, in front. */
export function dialog(page: Page): Promise<void> {
  return page.getByRole('dialog').or(page.getByRole('alertdialog')).first().waitFor()
}

/** Presses a button that opens a dialog. */
export async function opens(page: Page, button: string): Promise<void> {
  await press(page, button)
  await dialog(page)
}

/** Opens the n-th row of the list of the screen; the header is row 0. */
export async function openRow(page: Page, place: number): Promise<void> {
  const rows = page.getByRole('grid').getByRole('row')
  await rows.nth(place).click()
  await page.getByRole('complementary').waitFor()
}
