using AeVae.Reports;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Views;

/// <summary>Changes that were not committed, for people.</summary>
static class PatchText
{
    /// <summary><c>2 files, +10 −3</c>.</summary>
    public static string Summary(string patch)
    {
        IReadOnlyList<PatchFile> files = PatchFile.Split(patch);
        return $"{Counted.Of(files.Count, "file")}, {Lines(files.Sum(file => file.Added), files.Sum(file => file.Removed))}";
    }

    /// <summary><c>+10 −3</c>, or why there is no such count.</summary>
    public static string Lines(PatchFile file) =>
        !file.IsWhole ? "not stored"
        : file.Added + file.Removed == 0 ? "no text"
        : Lines(file.Added, file.Removed);

    /// <summary>Writes a patch in its colours.</summary>
    public static void Write(TextWriter output, Paint paint, string patch)
    {
        foreach (string line in patch.TrimEnd('\n').Split('\n'))
            output.WriteLine(paint.PatchLine(VisibleText.Of(line)));
    }

    static string Lines(int added, int removed) => $"+{Numbers.Count(added)} −{Numbers.Count(removed)}";
}
