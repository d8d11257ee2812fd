// The list of example questions; each is a link that can be kept and sent.
import { EXAMPLES, type Example } from "./examples";

interface QuestionsProps {
  chosen: Example;
  onChooseAgain: () => void;
}

export function Questions({ chosen, onChooseAgain }: QuestionsProps) {
  return (
    <nav className="questions" aria-labelledby="questions-title">
      <h1 id="questions-title">Ask the directory</h1>
      <p>Choose a question to see it asked and answered. Then change it, and ask your own.</p>
      <ol>
        {EXAMPLES.map((example) => (
          <li key={example.id}>
            <a
              href={`#${example.id}`}
              aria-current={example === chosen ? "true" : undefined}
              onClick={example === chosen ? onChooseAgain : undefined}
            >
              <small>{example.subject}</small>
              <strong>{example.question}</strong>
            </a>
          </li>
        ))}
      </ol>
      <p>
        Every field is described in the documentation: the sign with the book. On the
        keyboard, Enter goes into the editor, Ctrl-Enter asks, Tab leaves it, F1 lists all keys.
      </p>
    </nav>
  );
}
