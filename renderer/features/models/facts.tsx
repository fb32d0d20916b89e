import type { ReactElement } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { ABILITIES, type Ability } from '../../../shared/models.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Block, Fact, Facts } from '../../ui/details.tsx'
import { abilitiesOf } from './filter.ts'
import { MODELS_TEXTS, type ModelsTexts } from './texts.ts'
import { tokensText } from './words.ts'

/** What sources tell of a model; what none tells is left out, but for the limits. */
export function ModelFacts({ row }: { readonly row: ModelRow }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  return (
    <Block title={texts.facts}>
      <Facts>
        {linesOf(row, texts).map(([title, value]) =>
          value === undefined || value === '' ? null : (
            <Fact key={title} name={title}>
              {value}
            </Fact>
          ),
        )}
      </Facts>
    </Block>
  )
}

function linesOf(row: ModelRow, texts: ModelsTexts): readonly (readonly [string, string | undefined])[] {
  const { facts } = row
  const abilities = (told: boolean): readonly string[] => ABILITIES.filter((each) => facts?.abilities[each] === told).map((each) => abilityName(each, texts))
  const can = facts === undefined ? abilitiesOf(row).map((each) => texts.abilities[each]) : abilities(true)
  return [
    [texts.kind, facts && texts.kinds[facts.kind]],
    [texts.contextWindow, tokensText(row.context, texts)],
    [texts.longestAnswer, tokensText(row.output, texts)],
    [texts.input, facts?.inputModalities?.map((each) => texts.modalities[each]).join(', ')],
    [texts.output, facts?.outputModalities?.map((each) => texts.modalities[each]).join(', ')],
    [texts.can, can.join(', ')],
    [texts.cannot, abilities(false).join(', ')],
    [texts.efforts, facts?.efforts?.join(', ')],
    [texts.cacheMinimum, facts?.cacheMinimum === undefined ? undefined : texts.tokens(String(facts.cacheMinimum))],
    [texts.cutoff, facts?.cutoff],
    [texts.state, stateOf(facts, texts)],
    [texts.weights, facts?.openWeights === undefined ? undefined : facts.openWeights ? texts.openWeights : texts.closedWeights],
    [texts.snapshot, facts?.snapshot],
    [texts.canonical, row.canonical],
    [texts.columns.usable, row.usable ? texts.usable : words(row.unusableBecause ?? texts.notUsable)],
    [texts.factsFrom, facts?.sources.join(', ')],
  ]
}

function stateOf(facts: ModelRow['facts'], texts: ModelsTexts): string | undefined {
  if (facts?.retiresOn !== undefined) return texts.retiresOn(facts.retiresOn)
  if (facts?.deprecated === undefined) return undefined
  return facts.deprecated ? texts.deprecated : texts.current
}

function abilityName(ability: Ability, texts: ModelsTexts): string {
  switch (ability) {
    case 'tools':
    case 'reasoning':
    case 'json-schema':
      return texts.abilities[ability]
    default:
      return texts.moreAbilities[ability]
  }
}
