/** How to cite the lab and the paper whose model it computes. */
import { version } from '../../package.json';

export const bibtex = `@software{dicke_bistability_lab,
  title   = {Dicke Bistability Lab},
  author  = {{Dicke Bistability Lab}},
  version = {${version}},
  license = {MIT}
}

@article{leppenen_quantum_bistability,
  title         = {Quantum bistability at the interplay between collective and individual decay},
  author        = {Leppenen, Nikita and Shahmoon, Ephraim},
  year          = {2024},
  eprint        = {2404.02134},
  archivePrefix = {arXiv}
}
`;
