import type { Texts } from '../../i18n/texts.ts'
import type { SnippetId } from './snippets.ts'

interface ConnectTexts {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly failed: string
  readonly tryAgain: string
  readonly notListening: string
  readonly address: string
  readonly bases: { readonly openai: string; readonly anthropic: string; readonly gemini: string }
  readonly copyAddress: (name: string) => string
  readonly demoKey: string
  readonly demoOn: string
  readonly demoOff: string
  readonly copyDemoKey: string
  readonly keys: string
  readonly keysHint: string
  readonly keysLoading: string
  readonly keysFailed: string
  readonly noKeys: { readonly before: string; readonly after: string }
  readonly createForm: string
  readonly toolName: string
  readonly toolNameHint: string
  readonly create: string
  readonly keyOf: (name: string) => string
  readonly shownOnce: string
  readonly copyKey: string
  readonly done: string
  readonly made: (day: string) => string
  readonly neverUsed: string
  readonly used: (ago: string) => string
  readonly revoke: string
  readonly revokeOf: (name: string) => string
  readonly revokeTitle: (name: string) => string
  readonly revokeKey: string
  readonly revokeMore: string
  readonly revoked: (name: string) => string
  readonly setup: string
  readonly model: string
  readonly findModel: string
  readonly simulated: string
  readonly tools: string
  readonly snippet: (tool: string) => string
  readonly makeKey: (tool: string) => string
  readonly keyCreated: string
  readonly keyDemo: string
  readonly keyPlaceholder: string
  readonly placeholder: string
  readonly waiting: string
  readonly waitingForKey: string
  readonly aTool: string
  readonly gotThrough: (name: string, ago: string, model: string) => string
  readonly seeWhy: string
  readonly connected: (name: string, model: string, ago: string) => string
  readonly seeIt: string
  readonly notes: Readonly<Record<SnippetId, string>>
}

export const CONNECT_TEXTS: Texts<ConnectTexts> = {
  en: {
    title: 'Connect',
    lead: 'Any tool that speaks OpenAI, Anthropic or Gemini can use this address instead of a provider’s: one key, every model, and each request shows in Traffic.',
    loading: 'Loading the endpoint',
    failed: 'The endpoint’s state could not be loaded',
    tryAgain: 'Try again',
    notListening: 'The endpoint does not listen: its port was taken when Switchyard started. Close the other program, then start Switchyard again.',
    address: 'Address',
    bases: { openai: 'OpenAI tools', anthropic: 'Anthropic tools', gemini: 'Gemini tools' },
    copyAddress: (name) => `Copy the address for ${name}`,
    demoKey: 'Demo key',
    demoOn: 'Public. Opens the simulated demo models and nothing else.',
    demoOff: 'Switched off in Settings.',
    copyDemoKey: 'Copy the demo key',
    keys: 'Client keys',
    keysHint: 'One for each tool: Traffic tells them apart, and each can be revoked alone.',
    keysLoading: 'Loading client keys',
    keysFailed: 'Client keys could not be loaded',
    noKeys: { before: 'No key yet. Until there is one, only the demo key ', after: ' opens something.' },
    createForm: 'Create a client key',
    toolName: 'Name of the tool',
    toolNameHint: 'Name of the tool, such as Cursor on the laptop',
    create: 'Create key',
    keyOf: (name) => `The key for “${name}”.`,
    shownOnce: 'Copy it now: it is shown once and cannot be read again.',
    copyKey: 'Copy key',
    done: 'Done',
    made: (day) => `made ${day}`,
    neverUsed: 'never used',
    used: (ago) => `used ${ago}`,
    revoke: 'Revoke',
    revokeOf: (name) => `Revoke ${name}`,
    revokeTitle: (name) => `Revoke “${name}”?`,
    revokeKey: 'Revoke key',
    revokeMore: 'Requests with this key are refused from then on, and it cannot be brought back. Its requests stay in Traffic.',
    revoked: (name) => `Revoked “${name}”. Requests with it are refused from now on.`,
    setup: 'Set up a tool',
    model: 'Model',
    findModel: 'Find a model',
    simulated: 'simulated',
    tools: 'Tools',
    snippet: (tool) => `${tool} snippet`,
    makeKey: (tool) => `Make a key for ${tool}`,
    keyCreated: 'Filled in with the key you just made.',
    keyDemo: 'Works as it stands: the demo key opens simulated models. Real ones need a key of the tool’s own.',
    keyPlaceholder: 'Put in a key of yours, or make one for this tool and it is filled in here.',
    placeholder: '<your Switchyard key>',
    waiting: 'Test: waiting for a request from any tool',
    waitingForKey: 'Test: waiting for the first request with the new key',
    aTool: 'A tool',
    gotThrough: (name, ago, model) => `${name} got through ${ago}, but its request for ${model} failed. `,
    seeWhy: 'See why in Traffic',
    connected: (name, model, ago) => `Connected: ${name} asked for ${model} ${ago}. `,
    seeIt: 'See it in Traffic',
    notes: {
      curl: 'Paste into a terminal.',
      'claude-code': 'In the shell from which you start claude. Any model that calls tools will do.',
      codex: 'In the shell from which you start codex. Your own config.toml stays as it is.',
      cursor:
        'Settings, Models: put the key under OpenAI API Key, switch on Override OpenAI Base URL, add the model by its name. Cursor calls from its own servers, which cannot reach this machine: it needs an address that leads here from outside, and your plan must allow own keys.',
      continue: 'As ~/.continue/config.yaml, or its entry under models in the one you have.',
      cline: 'Settings of Cline: API Provider “OpenAI Compatible”, then these three.',
      aider: 'In the shell from which you start aider. The first openai/ is for aider and does not reach Switchyard.',
      'open-webui':
        'In the shell from which you start it (pip install open-webui). What was once saved in its admin panel goes before these. In a container: docker run --network=host.',
      'vs-code':
        'Command palette, “Chat: Manage Language Models”, Add, Custom Endpoint; then the gear opens chatLanguageModels.json. If you type the key there it moves into VS Code’s own store. Needs VS Code 1.122.',
      zed: 'Into settings.json. The key goes in under Agent Settings, LLM Providers, or into the environment from which Zed is started.',
      'openai-python': 'pip install openai',
      'openai-typescript': 'npm install openai',
      'anthropic-python': 'pip install anthropic',
      'anthropic-typescript': 'npm install @anthropic-ai/sdk',
      'google-genai': 'npm install @google/genai',
      'google-genai-python': 'pip install google-genai',
      langchain: 'pip install langchain-openai',
      'vercel-ai': 'npm install ai @ai-sdk/openai-compatible',
      litellm: 'pip install litellm. The first openai/ is for LiteLLM and does not reach Switchyard.',
    },
  },
  de: {
    title: 'Verbinden',
    lead: 'Jedes Werkzeug, das OpenAI, Anthropic oder Gemini spricht, kann diese Adresse statt der eines Anbieters nutzen: ein Schlüssel, alle Modelle, und jede Anfrage erscheint unter Traffic.',
    loading: 'Endpunkt wird geladen',
    failed: 'Der Zustand des Endpunkts lässt sich nicht laden',
    tryAgain: 'Erneut versuchen',
    notListening: 'Der Endpunkt lauscht nicht: sein Port war belegt, als Switchyard startete. Bitte das andere Programm beenden und Switchyard neu starten.',
    address: 'Adresse',
    bases: { openai: 'OpenAI-Werkzeuge', anthropic: 'Anthropic-Werkzeuge', gemini: 'Gemini-Werkzeuge' },
    copyAddress: (name) => `Adresse für ${name} kopieren`,
    demoKey: 'Demo-Schlüssel',
    demoOn: 'Öffentlich. Öffnet die simulierten Demo-Modelle und sonst nichts.',
    demoOff: 'In den Einstellungen ausgeschaltet.',
    copyDemoKey: 'Demo-Schlüssel kopieren',
    keys: 'Client-Schlüssel',
    keysHint: 'Einer je Werkzeug: Traffic hält sie auseinander, und jeder lässt sich einzeln widerrufen.',
    keysLoading: 'Client-Schlüssel werden geladen',
    keysFailed: 'Die Client-Schlüssel lassen sich nicht laden',
    noKeys: { before: 'Noch kein Schlüssel. Bis es einen gibt, öffnet nur der Demo-Schlüssel ', after: ' etwas.' },
    createForm: 'Client-Schlüssel anlegen',
    toolName: 'Name des Werkzeugs',
    toolNameHint: 'Name des Werkzeugs, etwa Cursor auf dem Laptop',
    create: 'Schlüssel anlegen',
    keyOf: (name) => `Der Schlüssel für „${name}“.`,
    shownOnce: 'Jetzt kopieren: er wird nur einmal gezeigt und lässt sich nicht wieder auslesen.',
    copyKey: 'Schlüssel kopieren',
    done: 'Fertig',
    made: (day) => `angelegt ${day}`,
    neverUsed: 'nie benutzt',
    used: (ago) => `benutzt ${ago}`,
    revoke: 'Widerrufen',
    revokeOf: (name) => `${name} widerrufen`,
    revokeTitle: (name) => `„${name}“ widerrufen?`,
    revokeKey: 'Schlüssel widerrufen',
    revokeMore: 'Anfragen mit diesem Schlüssel werden fortan abgewiesen, und er lässt sich nicht zurückholen. Seine bisherigen Anfragen bleiben unter Traffic.',
    revoked: (name) => `„${name}“ widerrufen. Anfragen damit werden ab jetzt abgewiesen.`,
    setup: 'Werkzeug einrichten',
    model: 'Modell',
    findModel: 'Modell suchen',
    simulated: 'simuliert',
    tools: 'Werkzeuge',
    snippet: (tool) => `Vorlage für ${tool}`,
    makeKey: (tool) => `Schlüssel für ${tool} anlegen`,
    keyCreated: 'Mit dem eben angelegten Schlüssel ausgefüllt.',
    keyDemo: 'Funktioniert so, wie es dasteht: der Demo-Schlüssel öffnet simulierte Modelle. Echte brauchen einen eigenen Schlüssel des Werkzeugs.',
    keyPlaceholder: 'Eigenen Schlüssel einsetzen, oder einen für dieses Werkzeug anlegen; er wird dann hier eingefügt.',
    placeholder: '<Switchyard-Schlüssel>',
    waiting: 'Test: wartet auf eine Anfrage irgendeines Werkzeugs',
    waitingForKey: 'Test: wartet auf die erste Anfrage mit dem neuen Schlüssel',
    aTool: 'Ein Werkzeug',
    gotThrough: (name, ago, model) => `${name} kam durch (${ago}), aber die Anfrage an ${model} ist fehlgeschlagen. `,
    seeWhy: 'Grund unter Traffic ansehen',
    connected: (name, model, ago) => `Verbunden: ${name} hat ${model} angefragt (${ago}). `,
    seeIt: 'Unter Traffic ansehen',
    notes: {
      curl: 'In ein Terminal einfügen.',
      'claude-code': 'In der Shell, aus der claude gestartet wird. Jedes Modell, das Tools aufruft, ist geeignet.',
      codex: 'In der Shell, aus der codex gestartet wird. Die eigene config.toml bleibt, wie sie ist.',
      cursor:
        'Settings, Models: den Schlüssel unter OpenAI API Key eintragen, Override OpenAI Base URL einschalten, das Modell mit seinem Namen hinzufügen. Cursor ruft von eigenen Servern aus an, die diesen Rechner nicht erreichen: nötig ist eine Adresse, die von außen hierher führt, und ein Tarif, der eigene Schlüssel erlaubt.',
      continue: 'Als ~/.continue/config.yaml, oder der Eintrag unter models in der vorhandenen.',
      cline: 'Einstellungen von Cline: API Provider „OpenAI Compatible“, dann diese drei Angaben.',
      aider: 'In der Shell, aus der aider gestartet wird. Das erste openai/ gilt aider und erreicht Switchyard nicht.',
      'open-webui':
        'In der Shell, aus der es gestartet wird (pip install open-webui). Was im Admin-Bereich gespeichert ist, hat Vorrang. Im Container: docker run --network=host.',
      'vs-code':
        'Befehlspalette, „Chat: Manage Language Models“, Add, Custom Endpoint; das Zahnrad öffnet dann chatLanguageModels.json. Dort eingegebene Schlüssel wandern in die eigene Ablage von VS Code. Ab VS Code 1.122.',
      zed: 'In settings.json. Der Schlüssel kommt unter Agent Settings, LLM Providers hinein, oder in die Umgebung, aus der Zed gestartet wird.',
      'openai-python': 'pip install openai',
      'openai-typescript': 'npm install openai',
      'anthropic-python': 'pip install anthropic',
      'anthropic-typescript': 'npm install @anthropic-ai/sdk',
      'google-genai': 'npm install @google/genai',
      'google-genai-python': 'pip install google-genai',
      langchain: 'pip install langchain-openai',
      'vercel-ai': 'npm install ai @ai-sdk/openai-compatible',
      litellm: 'pip install litellm. Das erste openai/ gilt LiteLLM und erreicht Switchyard nicht.',
    },
  },
}
