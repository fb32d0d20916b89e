/** Where the figures of the quality table are from. Each was opened at the commit, or in the release, that it is cited by. */
import type { QualitySource } from '../../../../shared/auto.ts'

const READ_ON = '2026-11-25'
const GITHUB = 'https://github.com'

/** @param version the source's own date of a release, or the commit that was read */
const source = (name: string, version: string, path: string): QualitySource => ({ name, version, readOn: READ_ON, address: `${GITHUB}/${path}` })

export const ZEROEVAL = source('ZeroEval: GSM8K, CRUXEval', '8c1485e', 'WildEval/ZeroEval/tree/8c1485e/result_dirs')
export const MMLU_PRO = source('MMLU-Pro', 'f418b11', 'TIGER-AI-Lab/MMLU-Pro/tree/f418b11/eval_results')
export const LLMROUTER = source('LLMRouter, ten tasks', '4e7a796', 'ulab-uiuc/LLMRouter/tree/4e7a796/data')
export const ROUTELLM = source('RouteLLM: MMLU, MT-Bench', '0b64fda', 'lm-sys/RouteLLM/tree/0b64fda/routellm/evals')
/** The column of 64,000 tokens, models that claim as much; arXiv 2404.06654. */
export const RULER = source('RULER, 64,000 tokens', '0193bdd', 'hsiehjackson/RULER/blob/0193bdd/README.md')
export const LIVEBENCH_2025 = source(
  'LiveBench',
  '2025-05-30',
  'LiveBench/livebench.github.io/blob/be8eadc18dd72c01c7c0a7320ec85a38216538a9/public/table_2025_05_30.csv',
)
export const LIVEBENCH_2024 = source(
  'LiveBench',
  '2024-11-25',
  'LiveBench/livebench.github.io/blob/39a3e4ecdecd2b430649b119194734a2129bdd77/public/table_2024_11_25.csv',
)
export const TEXTCLASS = source(
  'TextClass Benchmark, F1',
  '049ed79',
  'bgonzalezbustamante/TextClass-Benchmark/blob/049ed793e3c7e2e46722d99a989df5e32ee72bf7/results/meta_elo/meta_elo_scores.md',
)
/** Also arXiv 2508.14909. */
export const WMT25 = source(
  'WMT25 General MT, GEMBA-ESA',
  '2025-08-11',
  'wmt-conference/wmt25-general-mt/blob/b4e7fa8fcc168c326d61f77989a73d0d596bc8ce/preliminary_ranking/latex_source/generated_report.tex',
)
export const VECTARA = source('Vectara Hallucination Leaderboard', '2025-10-16', 'vectara/hallucination-leaderboard')
export const TAU2 = source(
  'tau2-bench, pass^1',
  '2026-05-25',
  'sierra-research/tau2-bench/tree/26ac2bc297f7b9091e256188452da584376a13b0/web/leaderboard/public/submissions',
)
export const BFCL = source(
  'Berkeley Function Calling Leaderboard',
  '2024-12-29',
  'HuanzhiMao/BFCL-Result/tree/0222df19bcd436dd1dda966a1c2bd2e6ddba3284/2024-12-29/score',
)
