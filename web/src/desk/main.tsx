import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import '../work/work.css';
import './desk.css';
import { Gate } from '../person/Gate.tsx';
import { say } from '../say/say.ts';
import { Desk } from './Desk.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate title={say({ zh: '调度台', en: 'Dispatch desk' })} open={['DISPATCHER', 'DUTY_LEAD']}><Desk /></Gate></StrictMode>);
