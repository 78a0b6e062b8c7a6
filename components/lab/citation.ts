/** How to cite the lab and the paper whose model it computes. */
import citation from '../../CITATION.cff?raw';
import { version } from '../../package.json';
import { isAtHome } from '../shared/home';

/** The value of a key of CITATION.cff that has one, the first of that name. */
const said = (key: string) => new RegExp(`^(?:  - )?${key}: *(.+)$`, 'm').exec(citation)?.[1] ?? '';

/** The lab's own page is where this version can be found. */
export const bibtex = () => `@software{dicke_bistability_lab,
  title   = {${said('title')}},
  author  = {{${said('name')}}},
  year    = {${said('date-released').slice(0, 4)}},
  version = {${version}},
  license = {${said('license')}}${isAtHome() ? `,\n  url     = {${new URL('.', location.href).href}}` : ''}
}

@article{leppenen_quantum_bistability,
  title         = {Quantum bistability at the interplay between collective and individual decay},
  author        = {Leppenen, Nikita and Shahmoon, Ephraim},
  year          = {2024},
  eprint        = {2404.02134},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/2404.02134}
}
`;
