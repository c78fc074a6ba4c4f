import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Router, Switch } from 'wouter';
import '../look/tokens.css';
import '../look/base.css';
import './tip.css';
import { useLanguage } from '../say/say.ts';
import { keepTrying } from './outbox.ts';
import { Report } from './Report.tsx';
import { Track } from './Track.tsx';

function Tip() {
  useLanguage();
  return (
    <Router base="/tip">
      <Switch>
        <Route path="/track" component={Track} />
        <Route component={Report} />
      </Switch>
    </Router>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Tip /></StrictMode>);
keepTrying();
