using System.Text.Json;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>What the run of the first seed of each group holds for a figure.</summary>
/// <typeparam name="T">What is drawn of a run.</typeparam>
/// <param name="All">The groups that hold it, best first.</param>
/// <param name="Without">Which do not, and why: a sentence for captions with a blank before it; empty when all do.</param>
sealed record StoredParts<T>(IReadOnlyList<(ShownGroup One, T Part)> All, string Without)
    where T : class
{
    /// <summary>Reads them; a run that holds none, or a damaged one, costs only its own.</summary>
    /// <param name="groups">Those that should have it.</param>
    /// <param name="name">What it is called, in the plural.</param>
    /// <param name="read">Null when the run holds none; throws when it cannot be drawn.</param>
    /// <exception cref="FormatException">No group has it, and of some it cannot be drawn.</exception>
    public static StoredParts<T> Read(IEnumerable<ShownGroup> groups, string name, Func<RunData, T?> read)
    {
        List<(ShownGroup, T)> all = [];
        List<(string Label, string Why, bool IsDamaged)> without = [];
        foreach (ShownGroup one in groups)
        {
            try
            {
                if (read(one.Group.Counted[0]) is { } part) all.Add((one, part));
                else without.Add((one.Group.Label, "none stored", false));
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                without.Add((one.Group.Label, e.Message, true));
            }
        }

        if (all.Count == 0 && without.Any(one => one.IsDamaged)) throw new FormatException(string.Join("; ", without.Select(one => $"{one.Label}: {one.Why}")));
        string named = string.Join("; ", without.Select(one => $"{one.Label} ({(one.IsDamaged ? $"what is stored cannot be drawn: {one.Why}" : one.Why)})"));
        return new StoredParts<T>(all, named.Length == 0 ? "" : $" Without {name}: {MarkdownText.Plain(named)}.");
    }
}
