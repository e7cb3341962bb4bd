import type { MermaidConfig } from "mermaid";
import {
  type Look,
  maxEdges,
  maxSourceLength,
  type Palette,
  type Scheme,
} from "../features/diagram/protocol.ts";

/** As large as the words around a diagram. */
const fontSize = "16px";

/** How Mermaid draws for a page, in one of its two schemes. */
export function configOf({ fontFamily, palettes }: Look, scheme: Scheme): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: "strict",
    // A picture of an error is not what somebody came to see.
    suppressErrorRendering: true,
    maxTextSize: maxSourceLength,
    maxEdges,
    // Text of SVG: HTML inside would be measured by the page and drawn by the picture, which are two things.
    htmlLabels: false,
    flowchart: { padding: 14, nodeSpacing: 40, rankSpacing: 44 },
    // A post is narrow, and its sequences rather many than long.
    sequence: { actorMargin: 40, mirrorActors: false, messageFontWeight: "inherit" },
    gantt: { axisFormat: "%m-%d" },
    fontFamily,
    theme: "base",
    themeCSS: styleOf(palettes[scheme]),
    themeVariables: variablesOf(palettes[scheme], scheme, fontFamily),
    // What a source may not set for itself, beside what Mermaid keeps to itself anyway.
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "suppressErrorRendering",
      "maxTextSize",
      "maxEdges",
      "htmlLabels",
      "fontFamily",
      "altFontFamily",
      "fontSize",
      "theme",
      "themeVariables",
      "themeCSS",
      "darkMode",
      "dompurifyConfig",
      "logLevel",
    ],
  };
}

/** What Mermaid's theme has no variables for. */
function styleOf({ paper, rule }: Palette): string {
  return [
    // No line runs through its own words.
    `.edgeLabel rect, .edgeLabel .label rect { fill: ${paper}; opacity: 1; }`,
    `.grid .tick line { stroke: ${rule}; }`,
    `.marker.er circle { fill: ${paper}; }`,
    // A brighter tint is another colour.
    ".eventWrapper { filter: none; }",
  ].join(" ");
}

function variablesOf(palette: Palette, scheme: Scheme, fontFamily: string) {
  const { paper, raised, sunken, ink, rule, edge, accent } = palette;
  const tints = ([1, 2, 3, 4, 5, 6] as const).map((tint) => palette[`tint-${tint}`]);
  /** `cScale0`, `cScale1`, …: as many as Mermaid has, in turns. */
  const series = (name: string, first: number, count: number, values: readonly string[]) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`${name}${first + at}`, values[at % values.length]]),
    );
  return {
    darkMode: scheme === "dark",
    fontFamily,
    fontSize,
    background: paper,
    primaryColor: raised,
    primaryTextColor: ink,
    primaryBorderColor: edge,
    secondaryColor: palette["accent-soft"],
    secondaryTextColor: ink,
    secondaryBorderColor: edge,
    tertiaryColor: sunken,
    tertiaryTextColor: ink,
    tertiaryBorderColor: rule,
    textColor: ink,
    lineColor: palette["ink-3"],
    arrowheadColor: palette["ink-3"],
    edgeLabelBackground: paper,
    clusterBkg: sunken,
    clusterBorder: rule,
    titleColor: palette["ink-2"],
    noteBkgColor: palette["accent-soft"],
    noteTextColor: ink,
    noteBorderColor: palette["accent-soft"],
    actorLineColor: edge,
    signalColor: palette["ink-3"],
    signalTextColor: ink,
    labelBoxBkgColor: sunken,
    activationBkgColor: palette["tint-1"],
    activationBorderColor: edge,
    sequenceNumberColor: paper,
    rowOdd: raised,
    rowEven: sunken,
    attributeBackgroundColorOdd: raised,
    attributeBackgroundColorEven: sunken,
    relationLabelBackground: paper,
    sectionBkgColor: sunken,
    sectionBkgColor2: sunken,
    altSectionBkgColor: paper,
    excludeBkgColor: sunken,
    gridColor: rule,
    taskBkgColor: palette["tint-4"],
    taskBorderColor: edge,
    activeTaskBkgColor: palette["tint-1"],
    activeTaskBorderColor: accent,
    doneTaskBkgColor: palette["ok-soft"],
    doneTaskBorderColor: edge,
    critBkgColor: palette["bad-soft"],
    critBorderColor: accent,
    todayLineColor: accent,
    vertLineColor: accent,
    taskTextClickableColor: ink,
    pieStrokeColor: paper,
    pieOuterStrokeColor: rule,
    pieOpacity: "1",
    pieTitleTextSize: fontSize,
    pieSectionTextSize: fontSize,
    pieLegendTextSize: fontSize,
    tagLabelFontSize: "12px",
    commitLabelFontSize: "12px",
    commitLabelColor: ink,
    commitLabelBackground: paper,
    archEdgeColor: palette["ink-3"],
    archEdgeArrowColor: palette["ink-3"],
    archGroupBorderColor: edge,
    quadrantPointFill: accent,
    xyChart: { backgroundColor: paper, plotColorPalette: [tints[3], accent, edge, ...tints].join(",") },
    ...series("cScale", 0, 12, tints),
    ...series("cScaleInv", 0, 12, [edge]),
    ...series("cScalePeer", 0, 12, [edge]),
    ...series("cScaleLabel", 0, 12, [ink]),
    ...series("fillType", 0, 8, tints),
    ...series("pie", 1, 12, tints),
    ...series("venn", 1, 8, tints),
    ...series("git", 0, 8, tints),
    ...series("gitInv", 0, 8, [accent]),
    ...series("gitBranchLabel", 0, 8, [ink]),
  };
}
