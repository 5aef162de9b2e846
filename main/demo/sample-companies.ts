import type { Culture } from './sample-names';

/** One line per sample company: name, country, what it does, people employed, revenue in millions a year. */
export interface SampleCompany {
  name: string;
  country: string;
  industry: Industry;
  employees: number;
  revenue: number;
}
export type Industry = 'software' | 'media' | 'commerce' | 'agency' | 'industry' | 'health' | 'finance' | 'nonprofit';

const INDUSTRIES: Readonly<Record<string, Industry>> = {
  s: 'software',
  m: 'media',
  c: 'commerce',
  a: 'agency',
  i: 'industry',
  h: 'health',
  f: 'finance',
  n: 'nonprofit',
};

const LINES = `Acme Corp|US|s|820|96
Northwind Analytics|US|s|240|31
Bluebird Robotics|US|i|410|58
Cascade Outfitters|US|c|1300|210
Summit & Vale|US|a|36|5
Harborlight Media|US|m|95|12
Copperline Energy|US|i|2400|640
Juniper Health|US|h|780|115
Fieldstone Bank|US|f|5200|1900
Paperplane Studio|US|a|22|3
Redwood Freight|US|i|1600|330
Larkspur Foods|US|c|690|140
Beacon Learning|US|s|130|14
Ironwood Security|US|s|310|47
Tidewater Insurance|US|f|2100|870
Prairie Wind Co-op|US|n|48|6
Silverlake Pictures|US|m|160|38
Mosaic Biotech|US|h|220|29
Quarry Software|US|s|75|9
Orchard & Pine|US|c|58|11
Granite State Tools|US|i|340|72
Sunbeam Solar|US|i|520|88
Lumen Legal|US|a|140|27
Open Shelf Foundation|US|n|31|4
Kestrel Aerospace|US|i|880|260
Pixelforge Games|US|m|190|44
Evergreen Clinics|US|h|1450|230
Threadbare Apparel|US|c|210|37
Ledgerly|US|f|64|8
Brightside Payroll|US|s|175|22
Driftwood Hotels|US|c|960|130
Atlas Mapping|US|s|118|16
Marigold Events|US|a|27|4
Second Harvest Kitchens|US|n|54|7
Halcyon Audio|US|m|83|15
Vantage Realty|US|f|430|95
Thornbury & Sons|GB|c|150|24
Albion Rail|GB|i|3100|720
Foxglove Digital|GB|a|42|6
Kingsway Capital|GB|f|390|180
Pennine Water|GB|i|1250|410
Lantern Press|GB|m|88|13
Oakmere Hospice|GB|n|210|9
Skylark Travel|GB|c|330|66
Redfern Diagnostics|GB|h|145|21
Tamar Brewing|GB|c|72|10
Clifton Cyber|GB|s|96|14
Harrow & Finch|GB|a|33|5
Moorland Wool|GB|c|61|7
Severn Software|GB|s|205|28
Aldgate Re|GB|f|640|310
Highland Forestry|GB|i|120|19
Bächle Maschinenbau|DE|i|740|165
Lindenhof Kliniken|DE|h|2600|390
Nordlicht Energie|DE|i|910|280
Sonnenschein Solar|DE|i|180|34
Kranich Logistik|DE|i|1400|270
Tüftler Labs|DE|s|48|6
Grünwald Verlag|DE|m|130|18
Weißbach Präzision|DE|i|290|61
Spreeblick Agentur|DE|a|39|5
Hansekontor|DE|f|220|75
Münster Medizintechnik|DE|h|310|57
Feldmann Bio|DE|c|165|29
Rheintal Versicherung|DE|f|1700|690
Blaupause Software|DE|s|92|12
Käferstein Optik|DE|i|105|17
Stadtgrün Stiftung|DE|n|26|3
Atelier Lumière|FR|a|29|4
Boulangerie Réunie|FR|c|540|63
Cœur de Ville|FR|n|44|3
Éditions du Phare|FR|m|76|11
Garonne Aéro|FR|i|1150|340
Hôtelière du Sud|FR|c|870|112
Loire Logiciels|FR|s|140|19
Maison Beauséjour|FR|c|66|14
Pôle Santé Rhône|FR|h|920|134
Banque des Vosges|FR|f|1350|520
Voile & Vent|FR|i|58|9
Nordsø Vind|DK|i|480|145
Havfrue Foods|DK|c|310|58
Kjærgaard Møbler|DK|c|125|22
Ørsted Bryghus|DK|c|47|6
Fjordbyte|DK|s|84|12
Rosenlund Pharma|DK|h|390|98
Björkå Timber|SE|i|350|82
Malmö Mobility|SE|s|155|23
Polstjärnan Bank|SE|f|810|260
Åre Outdoor|SE|c|98|17
Västkust Media|SE|m|62|8
Siljan Health|SE|h|230|33
Wisła Software|PL|s|270|25
Łódź Textiles|PL|i|430|39
Bursztyn Media|PL|m|85|9
Karpaty Foods|PL|c|520|71
Żubr Logistics|PL|i|660|94
Ibérica Solar|ES|i|290|52
Peñalara Outdoor|ES|c|74|10
Mareas Shipping|ES|i|580|121
Estudio Añil|ES|a|25|3
Clínica del Río|ES|h|340|41
Olivar del Norte|ES|c|115|18
Costa Azul Hoteles|ES|c|760|88
São Bento Café|BR|c|190|16
Ipê Tecnologia|BR|s|310|34
Maré Alta Energia|BR|i|450|93
Pão & Companhia|BR|c|820|69
Instituto Araucária|BR|n|37|2
Polderwerk|NL|i|270|48
Tulip Fintech|NL|f|130|27
De Molen Media|NL|m|54|7
Waterland Health|NL|h|410|62
Gracht Software|NL|s|88|13
Zuiderzee Shipping|NL|i|640|155
Oranje Fietsen|NL|c|145|26
Duinrand Zorg|NL|h|520|44
Fable & Co|US|a|18|2
Lighthouse Shelter|US|n|40|3
Meridian Optics|US|i|255|49
Nimbus Payments|US|f|185|36`;

/** The sample companies; Acme Corp is the first. */
export const COMPANIES: readonly SampleCompany[] = LINES.split('\n').map((line) => {
  const [name = '', country = '', industry = '', employees = '', revenue = ''] = line.split('|');
  return {
    name,
    country,
    industry: INDUSTRIES[industry] ?? 'software',
    employees: Number(employees),
    revenue: Number(revenue),
  };
});

const STREETS: Readonly<Record<string, string>> = {
  US: '# Market Street',
  GB: '# Station Road',
  DE: 'Lindenstraße #',
  FR: '# rue de la République',
  DK: 'Nørregade #',
  SE: 'Storgatan #',
  PL: 'ul. Długa #',
  ES: 'Calle Mayor #',
  BR: 'Rua das Flores, #',
  NL: 'Kerkstraat #',
};
const POSTCODES: Readonly<Record<string, string>> = {
  US: '941##',
  GB: 'BS1 #QT',
  DE: '101##',
  FR: '750##',
  DK: '1###',
  SE: '114 ##',
  PL: '00-9##',
  ES: '280##',
  BR: '01310-###',
  NL: '10## AB',
};

/** Street and post code patterns (`#` is a digit or a house number) in the way of the country. */
export function addressPatterns(culture: Culture): { street: string; postcode: string } {
  return { street: STREETS[culture.country] ?? '# Main Street', postcode: POSTCODES[culture.country] ?? '#####' };
}

/** Lower-case ASCII for addresses: `Kjærgaard Møbler` gives `kjaergaard-mobler`. */
export function slug(text: string): string {
  return text
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[łŁ]/g, 'l')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/&/g, ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
