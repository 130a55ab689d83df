/** One diagram of each type that Qiao draws, by name. */
export const diagramSamples: Readonly<Record<string, string>> = {
  flowchart:
    'flowchart TD\n  A[Shore] -->|bridge 桥| B(Other shore)\n  B --> C{Back?}\n  subgraph s [Group]\n    C -.-> A\n  end',
  swimlanes:
    'swimlane-beta\n  subgraph a [One]\n    A[First]\n  end\n  subgraph b [Two]\n    B[Second]\n  end\n  A --> B',
  sequence:
    'sequenceDiagram\n  participant A\n  actor B\n  A->>+B: Hello\n  loop Twice\n    B-->>-A: 你好\n  end\n  Note over A,B: Greetings',
  class: 'classDiagram\n  Animal <|-- Duck\n  class Duck {\n    +String beak\n    +swim() void\n  }',
  state:
    'stateDiagram-v2\n  [*] --> Still\n  Still --> Moving: push\n  state Moving {\n    [*] --> Fast\n  }\n  Moving --> [*]',
  entities:
    'erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int number PK\n    string address\n  }',
  gantt:
    'gantt\n  title Plan\n  dateFormat YYYY-MM-DD\n  section One\n  First :a, 2024-01-01, 3d\n  Second :crit, after a, 2d',
  pie: 'pie showData\n  title Pets\n  "Dogs" : 386\n  "Cats" : 85.5',
  journey: 'journey\n  title Day\n  section Work\n    Tea: 5: Me\n    Code: 3: Me, Cat',
  gitGraph:
    'gitGraph\n  commit id: "a"\n  branch topic\n  commit id: "b"\n  checkout main\n  merge topic id: "c"\n  commit id: "d" tag: "v1"',
  timeline: 'timeline\n  title History\n  2002 : One\n  2004 : Two : Three',
  quadrant:
    'quadrantChart\n  title Reach\n  x-axis Low --> High\n  y-axis Poor --> Good\n  quadrant-1 Keep\n  One: [0.3, 0.6]',
  requirement:
    'requirementDiagram\n  requirement need {\n    id: 1\n    text: it works\n    risk: high\n    verifymethod: test\n  }\n  element part {\n    type: code\n  }\n  part - satisfies -> need',
  c4: 'C4Context\n  title System\n  Person(a, "User", "Asks")\n  System(b, "Qiao", "Answers")\n  Rel(a, b, "Uses")',
  sankey: 'sankey-beta\nA,B,10\nA,C,5\nB,D,4',
  xychart:
    'xychart-beta\n  title "Sales"\n  x-axis [jan, feb, mar]\n  y-axis "Sold" 0 --> 10\n  bar [3, 6, 9]\n  line [2, 5, 8]',
  block: 'block-beta\n  columns 2\n  a["One"] b(("Two"))\n  a --> b',
  packet: 'packet-beta\n  0-15: "Source"\n  16-31: "Target"',
  kanban: 'kanban\n  todo[Todo]\n    a[First]\n  done[Done]\n    b[Second]',
  radar: 'radar-beta\n  axis a["One"], b["Two"], c["Three"]\n  curve x["X"]{3, 4, 5}\n  max 5',
  treemap: 'treemap-beta\n"Root"\n  "Leaf": 10\n  "Other": 20',
  treeView: 'treeView-beta\n  "src"\n    "main.ts"',
  venn: 'venn-beta\n  set A\n  set B\n  union A,B',
  ishikawa: 'ishikawa-beta\n  Late\n    People\n      Ill\n    Tools\n      Slow',
  wardley: 'wardley-beta\ntitle Tea\nanchor Public [0.95, 0.63]\ncomponent Tea [0.6, 0.8]\nPublic -> Tea',
  cynefin: 'cynefin-beta\n  title Work\n  complex\n    "Explore"\n  clear\n    "Follow"',
  railroad: 'railroad-beta\ngreeting = sequence(terminal("hello"), nonterminal("name")) ;',
  ebnf: 'railroad-ebnf-beta\ngreeting = "hello", name ;',
  abnf: 'railroad-abnf-beta\ngreeting = "hello" name ;',
  peg: 'railroad-peg-beta\ngreeting <- "hello" name ;',
  eventModel: 'eventmodeling\ntf 01 ui Cart\ntf 02 cmd AddItem\ntf 03 evt ItemAdded',
  info: 'info',
};
