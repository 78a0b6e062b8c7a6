/** The page at the ends of every other field, from the first on. */
import { testExtremes } from './extremes';

testExtremes(0);
