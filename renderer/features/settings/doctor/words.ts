import type { DoctorFinding } from '../../../../shared/doctor.ts'
import { textsNow } from '../../../i18n/texts.ts'
import { formatBytes, formatCount } from '../../../ui/figures.ts'
import { DOCTOR_TEXTS } from './texts.ts'

/** A sentence, and what helps where something is wrong. */
export function findingInWords(finding: DoctorFinding): string {
  const texts = textsNow(DOCTOR_TEXTS)
  switch (finding.of) {
    case 'data-folder':
      return finding.is === 'ok' ? texts.folder(finding.path, formatBytes(finding.bytes)) : texts.folderBad(finding.path, finding.code ?? '')
    case 'disk':
      return finding.is === 'ok' ? texts.disk(formatBytes(finding.freeBytes)) : texts.diskLow(formatBytes(finding.freeBytes))
    case 'database':
      return finding.is === 'ok' ? texts.database(finding.ms) : texts.databaseBad(finding.damage.slice(0, 3).join('; '))
    case 'catalog':
      return finding.is === 'ok' ? texts.catalog(finding.asOf) : texts.catalogOld(finding.asOf, finding.days)
    case 'clock':
      if (finding.is === 'unknown') return finding.by === undefined ? texts.clockNobody : texts.clockUnknown(finding.by)
      return finding.is === 'ok' ? texts.clock(finding.by) : texts.clockOff(Math.round(Math.abs(finding.aheadMs) / 1000), finding.aheadMs > 0, finding.by)
    case 'open-files':
      return finding.is === 'ok'
        ? texts.files(formatCount(finding.open), formatCount(finding.limit))
        : texts.filesFew(formatCount(finding.open), formatCount(finding.limit))
    case 'network':
      return finding.wrong.length === 0 ? texts.network[finding.proxy] : finding.wrong.map((wrong) => texts.networkWrong[wrong]).join(' ')
  }
}
