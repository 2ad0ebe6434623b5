// The papers of the Steam Lab.
import { Language } from '../languages';

export interface Paper {
  title: string;
  authors: string[];
}

export type Place = { name: string };

const ida = { first: 'Ida', last: 'Teapot' };
const BO = "Bo Pot";

export const papers: Paper[] = [
  {
    title: 'Why kettles sing: ' +
      "it's the steam",
    authors: [ida, BO, 'Eve Fox',],
    year: 2021, // and not before
    venue: `Journal of Tea`,
    links: { pdf: 'kettles.pdf', doi: "https://doi.org/10.5555/Kettle.42" },
    cover: require('./kettle.png'),
    abstract: `We boil water
and listen.`,
  },
  /* { title: 'Withdrawn', authors: [BO] }, */
  {
    title: <>Lids <i>and</i> pots</>,
    authors: 'Eve Fox and Bo Pot.',
    'venue': "Kitchens'22",
    tags: ["lid", /* and */ 'pot'],
  },
].sort((a, b) => b.year - a.year);

export const talks = { [Language.EN]: papers };
