/** The start of the page that others may frame. */
import { applyTheme } from '../../components/lab/theme';
import '../../components/scene/embedded-scene';
import { beAtHome } from '../../components/shared/home';

beAtHome();
applyTheme();
document.body.append(document.createElement('embedded-scene'));
