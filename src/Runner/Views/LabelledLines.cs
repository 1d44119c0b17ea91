namespace AeVae.Runner.Views;

/// <summary>Texts behind labels that are padded to a column.</summary>
/// <param name="output">Where to.</param>
/// <param name="width">Columns of the labels.</param>
sealed class LabelledLines(TextWriter output, int width = 11)
{
    /// <summary>Writes texts below each other, the label before the first; nothing where there is none.</summary>
    public void Write(string label, params IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            output.WriteLine(label.PadRight(width) + text);
            label = "";
        }
    }

    /// <summary>A sentence that is broken between words, where need be, so that it stays behind its label.</summary>
    public string Wrap(string sentence) => WordWrap.Indent(sentence, width);
}
