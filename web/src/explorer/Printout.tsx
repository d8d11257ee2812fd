// What is printed: the question and its answer as text, since an editor prints what is in view.
import { useGraphiQL } from "@graphiql/react";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createPortal } from "react-dom";

export function Printout() {
  const { queryEditor, responseEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    responseEditor: state.responseEditor,
  }));
  const [text, setText] = useState({ question: "", answer: "" });

  useEffect(() => {
    const copy = () =>
      flushSync(() =>
        setText({
          question: queryEditor?.getValue() ?? "",
          answer: responseEditor?.getValue() ?? "",
        }),
      );
    addEventListener("beforeprint", copy);
    return () => removeEventListener("beforeprint", copy);
  }, [queryEditor, responseEditor]);

  return createPortal(
    <section className="printout" aria-hidden="true">
      <h2>Question</h2>
      <pre>{text.question}</pre>
      <h2>Answer</h2>
      <pre>{text.answer}</pre>
    </section>,
    document.body,
  );
}
