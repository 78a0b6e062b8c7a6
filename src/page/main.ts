/** The page's start. */
import '../../components/lab/dicke-lab';

document.body.append(document.createElement('dicke-lab'));
