import type { Texts } from '../../i18n/texts.ts'
import type { AlsoId, SnippetId } from './snippets.ts'

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
  readonly arrived: (name: string, model: string) => string
  readonly gotThrough: (name: string, ago: string, model: string) => string
  readonly unknownKey: (ago: string) => string
  /** What came: the client's format, the status it got, and who answered. */
  readonly came: (dialect: string, status: number | undefined, servedBy: string | undefined) => string
  readonly seeWhy: string
  readonly connected: (name: string, model: string, ago: string) => string
  readonly seeIt: string
  readonly notes: Readonly<Record<SnippetId, string>>
  readonly also: Readonly<Record<AlsoId, string>>
  readonly alsoSnippet: (tool: string) => string
  readonly source: (docs: string, day: string) => string
  readonly sourceOwn: string
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
    arrived: (name, model) => `${name} got through and asked for ${model}. Waiting for the answer.`,
    gotThrough: (name, ago, model) => `${name} got through ${ago}, but its request for ${model} failed. `,
    unknownKey: (ago) => `A request came ${ago} with a key that is not known here. Is it the one from the snippet, and not revoked?`,
    came: (dialect, status, servedBy) => [dialect, status !== undefined && `status ${status}`, servedBy].filter(Boolean).join(', ').concat('.'),
    seeWhy: 'See why in Traffic',
    connected: (name, model, ago) => `Connected: ${name} asked for ${model} ${ago}. `,
    seeIt: 'See it in Traffic',
    notes: {
      curl: 'Paste into a terminal.',
      fetch: 'As it stands in Node 18 and newer, Bun and Deno. A page in a browser is refused until its origin is allowed in Settings.',
      'claude-code':
        'In the shell from which you start claude. Any model that calls tools will do; all three tiers are named, for Claude Code asks for its own small model in the background otherwise. Token counting (count_tokens) is served too. /status shows the address it uses.',
      codex:
        'In the shell from which you start codex. Your own config.toml stays as it is. Codex speaks Responses alone; its warning about an unknown model’s metadata can be ignored.',
      cursor:
        'Cursor Settings, Models, API Keys: put the key under OpenAI API Key, switch on Override OpenAI Base URL, add the model by its name. Cursor calls from its own servers and refuses private addresses (“ssrf_blocked”), so 127.0.0.1 does not work: it needs an address that leads here from outside, as below; from then on the key alone protects it. Chat works so; Tab completion and some agent features stay with Cursor’s own models, and your plan must allow own keys.',
      continue: 'As ~/.continue/config.yaml, or its entry under models in the one you have.',
      cline:
        'Settings of Cline (the gear): API Provider “OpenAI Compatible”, then these three. Context window and image support can be set under Model Configuration.',
      aider:
        'In the shell from which you start aider. The first openai/ is for aider and does not reach Switchyard. Aider warns about models that it does not know; that is harmless.',
      'open-webui':
        'In the shell from which you start it (pip install open-webui), or in its window under Settings, Admin, Connections: URL and key. What was once saved there goes before the variables.',
      'vs-code':
        'Command palette, “Chat: Manage Language Models”, Add Models, Custom Endpoint. It asks for a name, the key and the API type (Chat Completions), then opens chatLanguageModels.json for the rest. The key asked for there goes into VS Code’s own store; written as here it stays in the file.',
      zed: 'Into settings.json. The key does not belong there: it goes in under Agent Settings, LLM Providers (Zed keeps it in the system’s keychain), or into the environment from which Zed is started, under the name in the first line.',
      'openai-python': 'pip install openai',
      'openai-typescript': 'npm install openai',
      'anthropic-python': 'pip install anthropic',
      'anthropic-typescript': 'npm install @anthropic-ai/sdk',
      'google-genai': 'npm install @google/genai',
      'google-genai-python': 'pip install google-genai',
      langchain: 'pip install langchain-openai',
      'langchain-typescript': 'npm install @langchain/openai @langchain/core',
      'vercel-ai': 'npm install ai @ai-sdk/openai-compatible',
      litellm: 'pip install litellm. The first openai/ is for LiteLLM and does not reach Switchyard.',
    },
    also: {
      'claude-code-settings':
        'For every session instead: into ~/.claude/settings.json. Never into a project’s own, which is shared with everybody who has the project.',
      'codex-config': 'For good instead: into ~/.codex/config.toml. The key stays in the environment, under the name in env_key.',
      'cursor-tunnel':
        'One way in from outside. The Host must be rewritten, for Switchyard answers to this machine’s own names alone. The Base URL is then what ngrok prints, with /v1. End it when you are done.',
      'open-webui-docker':
        'In Docker, on this machine’s own network (Linux, or Docker Desktop with host networking switched on); it is then at http://localhost:8080. host.docker.internal does not work: Switchyard answers to 127.0.0.1 and localhost alone.',
      'litellm-proxy': 'For LiteLLM’s own proxy: into its config.yaml.',
    },
    alsoSnippet: (tool) => `Other ${tool} snippet`,
    source: (docs, day) => `After ${docs}, read ${day}.`,
    sourceOwn: 'Run as it stands in Switchyard’s own tests.',
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
    arrived: (name, model) => `${name} kam durch und fragt ${model} an. Die Antwort steht noch aus.`,
    gotThrough: (name, ago, model) => `${name} kam durch (${ago}), aber die Anfrage an ${model} ist fehlgeschlagen. `,
    unknownKey: (ago) => `Eine Anfrage kam mit einem Schlüssel, der hier nicht bekannt ist (${ago}). Ist es der aus der Vorlage, und nicht widerrufen?`,
    came: (dialect, status, servedBy) => [dialect, status !== undefined && `Status ${status}`, servedBy].filter(Boolean).join(', ').concat('.'),
    seeWhy: 'Grund unter Traffic ansehen',
    connected: (name, model, ago) => `Verbunden: ${name} hat ${model} angefragt (${ago}). `,
    seeIt: 'Unter Traffic ansehen',
    notes: {
      curl: 'In ein Terminal einfügen.',
      fetch: 'Läuft so in Node ab 18, Bun und Deno. Eine Seite im Browser wird abgewiesen, bis ihr Origin in den Einstellungen erlaubt ist.',
      'claude-code':
        'In der Shell, aus der claude gestartet wird. Jedes Modell, das Tools aufruft, ist geeignet; alle drei Stufen sind genannt, denn sonst fragt Claude Code im Hintergrund sein eigenes kleines Modell an. Auch das Zählen von Tokens (count_tokens) wird bedient. /status zeigt die benutzte Adresse.',
      codex:
        'In der Shell, aus der codex gestartet wird. Die eigene config.toml bleibt, wie sie ist. Codex spricht nur Responses; seine Warnung, dass es die Daten des Modells nicht kennt, ist harmlos.',
      cursor:
        'Cursor Settings, Models, API Keys: den Schlüssel unter OpenAI API Key eintragen, Override OpenAI Base URL einschalten, das Modell mit seinem Namen hinzufügen. Cursor ruft von eigenen Servern aus an und weist private Adressen ab („ssrf_blocked“), 127.0.0.1 geht also nicht: nötig ist eine Adresse, die von außen hierher führt, wie unten; von da an schützt nur noch der Schlüssel. Der Chat geht so; Tab-Vervollständigung und manches im Agent-Modus bleiben bei Cursors eigenen Modellen, und der Tarif muss eigene Schlüssel erlauben.',
      continue: 'Als ~/.continue/config.yaml, oder der Eintrag unter models in der vorhandenen.',
      cline:
        'Einstellungen von Cline (Zahnrad): API Provider „OpenAI Compatible“, dann diese drei Angaben. Kontextgröße und Bilder lassen sich unter Model Configuration einstellen.',
      aider:
        'In der Shell, aus der aider gestartet wird. Das erste openai/ gilt aider und erreicht Switchyard nicht. Aider warnt vor Modellen, die es nicht kennt; das ist harmlos.',
      'open-webui':
        'In der Shell, aus der es gestartet wird (pip install open-webui), oder in seinem Fenster unter Settings, Admin, Connections: URL und Schlüssel. Was dort gespeichert ist, hat Vorrang vor den Variablen.',
      'vs-code':
        'Befehlspalette, „Chat: Manage Language Models“, Add Models, Custom Endpoint. Es fragt nach Name, Schlüssel und API-Typ (Chat Completions) und öffnet dann chatLanguageModels.json für den Rest. Der dort erfragte Schlüssel kommt in die eigene Ablage von VS Code; wie hier geschrieben bleibt er in der Datei.',
      zed: 'In settings.json. Der Schlüssel gehört nicht hinein: er kommt unter Agent Settings, LLM Providers hinzu (Zed legt ihn im Schlüsselbund des Systems ab) oder in die Umgebung, aus der Zed gestartet wird, unter dem Namen in der ersten Zeile.',
      'openai-python': 'pip install openai',
      'openai-typescript': 'npm install openai',
      'anthropic-python': 'pip install anthropic',
      'anthropic-typescript': 'npm install @anthropic-ai/sdk',
      'google-genai': 'npm install @google/genai',
      'google-genai-python': 'pip install google-genai',
      langchain: 'pip install langchain-openai',
      'langchain-typescript': 'npm install @langchain/openai @langchain/core',
      'vercel-ai': 'npm install ai @ai-sdk/openai-compatible',
      litellm: 'pip install litellm. Das erste openai/ gilt LiteLLM und erreicht Switchyard nicht.',
    },
    also: {
      'claude-code-settings':
        'Stattdessen für jede Sitzung: in ~/.claude/settings.json. Nie in die eines Projekts, denn die teilen alle, die das Projekt haben.',
      'codex-config': 'Stattdessen auf Dauer: in ~/.codex/config.toml. Der Schlüssel bleibt in der Umgebung, unter dem Namen in env_key.',
      'cursor-tunnel':
        'Ein Weg von außen. Der Host muss umgeschrieben werden, denn Switchyard hört nur auf die eigenen Namen dieses Rechners. Base URL ist dann, was ngrok ausgibt, mit /v1. Danach wieder beenden.',
      'open-webui-docker':
        'In Docker, im Netz dieses Rechners (Linux, oder Docker Desktop mit eingeschaltetem Host-Netz); es ist dann unter http://localhost:8080. host.docker.internal geht nicht: Switchyard hört nur auf 127.0.0.1 und localhost.',
      'litellm-proxy': 'Für LiteLLMs eigenen Proxy: in seine config.yaml.',
    },
    alsoSnippet: (tool) => `Weitere Vorlage für ${tool}`,
    source: (docs, day) => `Nach ${docs}, gelesen am ${day}.`,
    sourceOwn: 'Läuft so, wie es dasteht, in den eigenen Tests von Switchyard.',
  },
}
