/** The start of the page that others may frame. */
import { applyTheme } from '../../components/lab/theme';
import '../../components/scene/embedded-scene';

applyTheme();
document.body.append(document.createElement('embedded-scene'));
