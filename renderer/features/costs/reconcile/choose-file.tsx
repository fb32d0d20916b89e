import { FileUp } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { compareFile } from './actions.ts'

export function ChooseFile({ label }: { readonly label: string }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className="visually-hidden"
        aria-label={label}
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) void compareFile(file)
          event.target.value = ''
        }}
      />
      <Button icon={<FileUp aria-hidden />} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
