/** Names, places and phone numbers by country, so that a sample person is of one piece. */
export interface Culture {
  /** ISO 3166 alpha-2. */
  country: string;
  countryName: string;
  callingCode: string;
  first: readonly string[];
  last: readonly string[];
  /** City and its state or region. */
  cities: readonly (readonly [string, string])[];
  /** National numbers, `#` for a digit; ranges kept for fiction where the country has them. */
  phones: readonly string[];
  /** How often people of it appear. */
  weight: number;
}

const words = (text: string): string[] => text.split(' ');

export const CULTURES: readonly Culture[] = [
  {
    country: 'US',
    countryName: 'United States',
    callingCode: '+1',
    first: words(
      'Emily James Olivia Michael Ava William Sophia Daniel Grace Ethan Hannah Marcus Nina Andre Priya Kevin Tanya Luis Naomi Scott Megan Jerome Claire Victor Leah Darnell Ruth Caleb Imani Wesley',
    ),
    last: words(
      'Johnson Carter Nguyen Brooks Patel Ramirez Foster Bennett Hughes Coleman Reyes Sullivan Whitaker Park Greene Morales Lawson Dixon Chen Marshall Webb Okafor Hayes Pierce Vaughn',
    ),
    cities: [
      ['San Francisco', 'California'],
      ['New York', 'New York'],
      ['Austin', 'Texas'],
      ['Chicago', 'Illinois'],
      ['Seattle', 'Washington'],
      ['Boston', 'Massachusetts'],
      ['Denver', 'Colorado'],
    ],
    phones: ['415555010#', '212555011#', '512555012#', '312555013#', '206555014#', '617555015#', '303555016#'],
    weight: 30,
  },
  {
    country: 'GB',
    countryName: 'United Kingdom',
    callingCode: '+44',
    first: words(
      'Amelia Oliver Isla George Freya Harry Poppy Alfie Eleanor Rhys Siobhán Callum Nadia Tariq Beatrice Ewan Fiona Gareth',
    ),
    last: words(
      'Thompson Clarke Davies Whitfield Hartley McAllister Okonkwo Ashworth Pemberton Khan Sinclair O’Neill Llewellyn Fairbairn Shah',
    ),
    cities: [
      ['London', 'England'],
      ['Manchester', 'England'],
      ['Edinburgh', 'Scotland'],
      ['Bristol', 'England'],
    ],
    phones: ['2079460###', '1614960###', '2890180###', '1314960###'],
    weight: 14,
  },
  {
    country: 'DE',
    countryName: 'Germany',
    callingCode: '+49',
    first: words(
      'Anna Lukas Jürgen Katharina Felix Björn Käthe Maximilian Lena Jörg Sabine Günther Mareike Moritz Zoë',
    ),
    last: words('Müller Weiß Schröder Krüger Bäcker Vogel Hoffmann Jäger Großmann Lindner Böhm Neumann Strauß Köhler'),
    cities: [
      ['Berlin', 'Berlin'],
      ['München', 'Bayern'],
      ['Hamburg', 'Hamburg'],
      ['Köln', 'Nordrhein-Westfalen'],
    ],
    phones: ['3023125###', '17139200##', '8999998###', '4066969###'],
    weight: 14,
  },
  {
    country: 'FR',
    countryName: 'France',
    callingCode: '+33',
    first: words('Chloé Mathieu Zoé Étienne Amélie Loïc Camille Gaël Élodie Rémi Noémie François Inès Théo Margaux'),
    last: words('Lefèvre Dubois Garçon Béranger Moreau Rousseau Gauthier Lemaître Fournier Desprès Marchand Benoît'),
    cities: [
      ['Paris', 'Île-de-France'],
      ['Lyon', 'Auvergne-Rhône-Alpes'],
      ['Nantes', 'Pays de la Loire'],
      ['Bordeaux', 'Nouvelle-Aquitaine'],
    ],
    phones: ['1990012##', '2619191##', '5360045##', '4651207##'],
    weight: 11,
  },
  {
    country: 'DK',
    countryName: 'Denmark',
    callingCode: '+45',
    first: words('Søren Freja Mikkel Astrid Jørgen Ida Rasmus Signe Bjørn Maja'),
    last: words('Sørensen Kjær Østergaard Møller Nørgaard Bøgh Thygesen Åkjær Rasmussen Holm'),
    cities: [
      ['København', 'Hovedstaden'],
      ['Aarhus', 'Midtjylland'],
    ],
    phones: ['2012####', '3312####', '8612####'],
    weight: 6,
  },
  {
    country: 'SE',
    countryName: 'Sweden',
    callingCode: '+46',
    first: words('Linnéa Oskar Åsa Gustav Elin Håkan Märta Nils Saga Anders'),
    last: words('Lindström Åkesson Björk Sjöberg Nyström Öberg Hallberg Lindqvist Ekström Norén'),
    cities: [
      ['Stockholm', 'Stockholm'],
      ['Göteborg', 'Västra Götaland'],
      ['Malmö', 'Skåne'],
    ],
    phones: ['7017406##', '84650040#', '31390060#'],
    weight: 5,
  },
  {
    country: 'PL',
    countryName: 'Poland',
    callingCode: '+48',
    first: words('Łukasz Małgorzata Paweł Agnieszka Michał Zofia Stanisław Bożena Kacper Iga'),
    last: words('Wiśniewski Dąbrowska Łuczak Zieliński Wójcik Krawczyk Szymańska Błaszczyk Żak'),
    cities: [
      ['Warszawa', 'Mazowieckie'],
      ['Kraków', 'Małopolskie'],
      ['Łódź', 'Łódzkie'],
    ],
    phones: ['51234####', '22601####', '60112####'],
    weight: 5,
  },
  {
    country: 'ES',
    countryName: 'Spain',
    callingCode: '+34',
    first: words('Lucía Álvaro Íñigo Begoña Núria Joaquín Martín Sofía Raúl Ángela'),
    last: words('García Muñoz Ibáñez Núñez Peña Echeverría Castaño Domínguez Vázquez Ruiz'),
    cities: [
      ['Madrid', 'Madrid'],
      ['Barcelona', 'Cataluña'],
      ['Málaga', 'Andalucía'],
    ],
    phones: ['61234####', '91234####', '93321####'],
    weight: 6,
  },
  {
    country: 'BR',
    countryName: 'Brazil',
    callingCode: '+55',
    first: words('João Letícia Thiago Conceição Rafael Júlia Antônio Beatriz Luís Caetana'),
    last: words('Araújo Gonçalves Simões Assunção Brandão Falcão Magalhães Guimarães Conceição'),
    cities: [
      ['São Paulo', 'São Paulo'],
      ['Florianópolis', 'Santa Catarina'],
    ],
    phones: ['1191234####', '1132345###', '4833221###'],
    weight: 4,
  },
  {
    country: 'NL',
    countryName: 'Netherlands',
    callingCode: '+31',
    first: words('Sanne Daan Anouk Joris Femke Bram Lotte Ruben Maaike Coen'),
    last: ['de Vries', 'van den Berg', 'Jansen', 'van Dijk', 'Visser', 'Hoekstra', 'Meijer', 'van der Meer'],
    cities: [
      ['Amsterdam', 'Noord-Holland'],
      ['Utrecht', 'Utrecht'],
      ['Rotterdam', 'Zuid-Holland'],
    ],
    phones: ['61234####', '20794###0', '30799###0'],
    weight: 5,
  },
];
