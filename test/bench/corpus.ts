import type { SearchDoc } from '../../main/workspace/search/documents';
import { phoneForms } from '../../main/workspace/search/documents';

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const split = (words: string): string[] => words.trim().split(/\s+/);
const FIRST = split(`James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard
  Susan Joseph Jessica Thomas Sarah Christopher Karen Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty Mark
  Ashley Donald Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian
  Melissa Timothy Deborah Ronald Stephanie Jason Rebecca George Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy
  Jacob Amy Nicholas Kathleen Gary Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole
  Scott Anna Brandon Samantha Benjamin Katherine Samuel Christine Jürgen Björn Søren Łukasz José María François
  Zoë Günther Jörg Andrés Sofía Inês João Małgorzata Renée Chloé Håkan Åsa Ravi Priya Wei Ming Yuki Haruto Fatima
  Omar Aisha Mohammed Olga Ivan Marta Jan Jane Janet Janice Joan Jean Marc Marco Maria Marie Mara Lena Lea Leon
  Luca Lukas Luis Louis Louise Sara Kate Katie Kathryn Catherine Erik Erica Jon Johnny Tim Tom Tomas Anne Ann`);
const LAST = split(`Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez
  Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis
  Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera
  Campbell Mitchell Carter Roberts Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann
  Schäfer Köhler Groß Weiß Krüger Jørgensen Sørensen Nielsen Hansen Nowak Kowalski Wójcik Łopez Dubois Lefèvre
  Moreau Girard Peña Muñoz Núñez García Fernández Conceição Gonçalves Rossi Russo Ferrari Bianchi O'Brien O'Neill
  McDonald Van-Dijk Bakker Visser Smit Åberg Öberg Håkansson Tanaka Suzuki Chen Wang Zhang Patel Singh Kumar
  Petrov Ivanova Yilmaz Özdemir Çelik Papadopoulos Horvat Novák Dvořák Szabó Kovács Smyth Smithson Johnston Jansen
  Janssen Meier Maier Mayer Peterson Petersen Pedersen Clarke Stevens Stephens Reed Reid Read Gray Grey`);
const CITY =
  split(`London Paris Berlin Madrid Lisbon Amsterdam Zürich Wien München Köln Kraków Göteborg Malmö Copenhagen
  Oslo Helsinki Dublin Miami Boston Austin Chicago Denver Seattle Toronto Montréal Vancouver Sydney Melbourne Auckland
  Tokyo Osaka Seoul Singapore Mumbai Bangalore Dubai Cairo Nairobi Lagos Bogotá Lima Santiago Curitiba Recife`);
const TITLE = [
  'CTO',
  'CEO',
  'Head of Sales',
  'Account Manager',
  'Director',
  'Founder',
  'Software Engineer',
  'Buyer',
  'Product Manager',
  'Marketing Lead',
  'Operations Manager',
  'Partner',
  'Consultant',
  'Analyst',
  'Designer',
  'VP Finance',
];
const TRADE =
  split(`Labs Systems Group Partners Media Studio Works Foods Energy Logistics Capital Software Health Design
  Consulting Motors Digital Networks Solutions Robotics Analytics Bank Paper Travel Legal Homes Steel Tools Ventures`);
const TLD = ['com', 'com', 'com', 'io', 'de', 'co.uk', 'fr', 'net', 'org', 'nl'];
const COUNTRY: readonly [code: string, length: number][] = [
  ['1', 10],
  ['1', 10],
  ['44', 10],
  ['49', 10],
  ['33', 9],
  ['34', 9],
  ['31', 9],
  ['48', 9],
  ['46', 9],
  ['91', 10],
];
const ONSET = split('b br c ch d dr f fr g gr h j k kl kr l m n p pr r s sch sh sk sp st t th tr v w z');
const VOWEL = split('a e i o u a e i o ai ei ie oo au');
const CODA = split('- - - n r l s t m nd rt ck ss ng lt');
const ENDING = split('son sen man ski ova ez ini etti berg stein feld mann er ley ton worth wood well ard - - -');

/** Made words with the sound of names, `count` different ones. */
function coined(random: () => number, count: number, endings: readonly string[]): string[] {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const part = (): string => pick(ONSET) + pick(VOWEL) + pick(CODA);
  const made = new Set<string>();
  while (made.size < count) {
    const word = (part() + (random() < 0.55 ? part() : '') + pick(endings)).replaceAll('-', '');
    if (word.length >= 3) made.add(word.charAt(0).toUpperCase() + word.slice(1));
  }
  return [...made];
}

/** People (seven in eight) and companies, the same for the same seed; some names far more common than others. */
export function* corpus(count: number, seed = 7): Generator<SearchDoc> {
  const random = seeded(seed);
  const firsts = [...FIRST, ...coined(random, 2_500, ['a', 'o', 'e', 'in', 'el', '-'])];
  const lasts = [...LAST, ...coined(random, 30_000, ENDING)];
  const brands = coined(random, Math.max(500, Math.floor(count / 12)), ['-', 'ix', 'ly', 'io', 'ora']);
  // Half from the common names, weighted to the front; the rest from the long tail.
  const skewed = (list: readonly string[], common: number): string =>
    (random() < 0.5 ? list[Math.floor(random() ** 2 * common)] : list[Math.floor(random() ** 1.5 * list.length)]) ?? '';
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let at = 0; at < count; at += 1) {
    const brand = any(brands);
    const company = `${brand} ${any(TRADE)}`;
    const domain = `${ascii(random() < 0.6 ? brand : company)}.${any(TLD)}`;
    const city = any(CITY);
    const [code, length] = any(COUNTRY);
    const number = String(Math.floor(2 * 10 ** (length - 1) + random() * 7 * 10 ** (length - 1)));
    const phones = random() < 0.8 ? phoneForms(number, `+${code}`) : [];
    const id = uuidOf(random);
    if (at % 8 === 7) {
      yield {
        object: 'company',
        id,
        title: company,
        subtitle: `${domain} · ${city}`,
        emails: [],
        phones,
        company: '',
        jobTitle: '',
        city,
        domain,
      };
      continue;
    }
    const first = skewed(firsts, FIRST.length);
    const last = skewed(lasts, LAST.length);
    const title = `${first} ${last}`;
    const jobTitle = any(TITLE);
    const email = `${localPart(first, last, random)}@${domain}`;
    yield {
      object: 'person',
      id,
      title,
      subtitle: `${jobTitle} · ${company}`,
      emails: [email],
      phones,
      company,
      jobTitle,
      city,
      domain: '',
    };
  }
}

function localPart(first: string, last: string, random: () => number): string {
  const [f, l] = [ascii(first), ascii(last)];
  const forms = [
    `${f}.${l}`,
    `${f}.${l}`,
    `${f.charAt(0)}${l}`,
    `${f}${l}`,
    f,
    `${l}.${f}`,
    `${f}${l.charAt(0)}`,
    `${f}_${l}${Math.floor(random() * 90 + 10)}`,
  ];
  return forms[Math.floor(random() * forms.length)] ?? f;
}

/** Plain letters only, as mail servers like them. */
export function ascii(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');
}

function uuidOf(random: () => number): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
