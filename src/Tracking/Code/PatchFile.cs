using System.Text;

namespace AeVae.Tracking.Code;

/// <summary>One file of a patch.</summary>
/// <param name="Path">The file, from the root of the checkout.</param>
/// <param name="Text">Its part of the patch, headers included.</param>
public sealed record PatchFile(string Path, string Text)
{
    const string Start = "diff --git ";
    const string Omission = "Not stored: ";

    /// <summary>Whether git can apply it; of a file that is larger than a mebibyte or no UTF-8 there is only the header.</summary>
    public bool IsWhole => !Text.Contains("\n" + Omission, StringComparison.Ordinal);

    /// <summary>Lines added.</summary>
    public int Added => Lines('+');

    /// <summary>Lines removed.</summary>
    public int Removed => Lines('-');

    /// <summary>The files of a patch that was written without renames, in its order.</summary>
    /// <remarks>A file has two parts when it became a link, or was taken out of the index and still lies there: one deletes it, one makes it anew.</remarks>
    public static IReadOnlyList<PatchFile> Split(string patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return [.. Parts(patch).Where(part => part.StartsWith(Start, StringComparison.Ordinal)).GroupBy(NameIn).Select(file => new PatchFile(file.Key, string.Concat(file)))];
    }

    /// <summary>The patch as text; of a file that is none, such as one in Latin-1, only the header, which has the digests of its content.</summary>
    internal static string ToText(byte[] patch) =>
        // Latin-1 gives each byte one letter, so parts can be cut out and turned back.
        TextOf(patch) ?? string.Concat(Parts(Encoding.Latin1.GetString(patch)).Select(Encoding.Latin1.GetBytes).Select(part => TextOf(part) ?? Header(Encoding.UTF8.GetString(part)) + Omitted("the text is not UTF-8")));

    /// <summary>Stands in the place of a file's lines.</summary>
    internal static string Omitted(string why) => $"{Omission}{why}\n";

    static string? TextOf(byte[] bytes)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;   // SQLite's text would end there
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // "\ndiff --git " stands nowhere else: lines of content begin with ' ', '+' or '-'.
    static IEnumerable<string> Parts(string patch)
    {
        int from = 0;
        while (from < patch.Length)
        {
            int next = patch.IndexOf("\n" + Start, from, StringComparison.Ordinal) + 1;
            if (next == 0)
                next = patch.Length;
            yield return patch[from..next];
            from = next;
        }
    }

    static string Header(string part) => string.Concat(part.Split('\n').TakeWhile(line => !line.StartsWith("--- ", StringComparison.Ordinal)).Select(line => line + "\n"));

    // "diff --git a/NAME b/NAME": both names have the same length, with or without quotes around them.
    static string NameIn(string part)
    {
        string names = part[Start.Length..part.IndexOf('\n', StringComparison.Ordinal)];
        return names[(names.Length / 2 + 1)..].Trim('"')[2..];
    }

    int Lines(char sign) => Parts(Text).Sum(part => part.Split('\n').SkipWhile(line => !line.StartsWith("@@ ", StringComparison.Ordinal)).Count(line => line.StartsWith(sign)));
}
