import type * as en from 'chrono-node/en';

type Chrono = typeof en.casual;
export type DateParser = Chrono['parsers'][number];
type Context = Parameters<DateParser['extract']>[0];
type Extracted = ReturnType<DateParser['extract']>;

/** Ways to name a moment that people use and the library does not read, by language. */
export const MORE_PARSERS: Readonly<Record<'en' | 'de' | 'pt', DateParser[]>> = {
  en: [
    parser(/\b(?:eod|cob|end of (?:the )?day)\b/i, () => ({ hour: 17, minute: 0 })),
    parser(/\b(?:eow|end of (?:the )?week)\b/i, (context) => {
      const today = context.reference.getDateWithAdjustedTimezone();
      return daysAhead(context, (5 - today.getDay() + 7) % 7);
    }),
  ],
  de: [
    parser(/(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/, (_context, match) => {
      const [day, month] = [Number(match[1]), Number(match[2])];
      return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? { day, month } : null;
    }),
    parser(/(?<!\p{L})(heute|morgen|übermorgen)\s+früh(?!\p{L})/iu, (context, match) => {
      const days = ['heute', 'morgen', 'übermorgen'].indexOf((match[1] ?? '').toLowerCase());
      const components = daysAhead(context, days);
      components.assign('hour', 9).assign('minute', 0);
      return components;
    }),
  ],
  pt: [
    parser(/(?<![\p{L}\d])(?:às\s|as\s|à\s)?(\d{1,2})\s?h(\d{2})?(?![\p{L}\d])/iu, (_context, match) => {
      const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
      return hour < 24 && minute < 60 ? { hour, minute } : null;
    }),
    parser(
      /(?<!\p{L})(?:em|daqui a|dentro de)\s+(\d{1,3}|um|uma|dois|duas|três)\s+(dias?|semanas?)(?!\p{L})/iu,
      (context, match) => {
        const word = (match[1] ?? '').toLowerCase();
        const count = { um: 1, uma: 1, dois: 2, duas: 2, três: 3 }[word] ?? Number(word);
        return daysAhead(context, count * (/^s/i.test(match[2] ?? '') ? 7 : 1));
      },
    ),
  ],
};

function parser(pattern: RegExp, extract: (context: Context, match: RegExpMatchArray) => Extracted): DateParser {
  return { pattern: () => pattern, extract };
}

function daysAhead(context: Context, days: number) {
  const today = context.reference.getDateWithAdjustedTimezone();
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  return context.createParsingComponents({
    day: date.getDate(),
    month: date.getMonth() + 1,
    year: date.getFullYear(),
  });
}
