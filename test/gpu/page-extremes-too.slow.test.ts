/** The page at the ends of every other field, from the second on. */
import { testExtremes } from './extremes';

testExtremes(1);
