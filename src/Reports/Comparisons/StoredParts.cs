using System.Globalization;
using System.Text.Json;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>What the run of the first seed of each group holds for a figure; that of a later seed where the first has none.</summary>
/// <typeparam name="T">What is drawn of a run.</typeparam>
/// <param name="All">The groups that hold it, best first.</param>
/// <param name="Without">Which do not, and why, and for which a later seed stands: sentences for captions with a blank before each; empty when the first seeds of all do.</param>
sealed record StoredParts<T>(IReadOnlyList<(ShownGroup One, RunData Run, T Part)> All, string Without)
    where T : class
{
    /// <summary>Reads them; a run that holds none, or a damaged one, costs only its own.</summary>
    /// <param name="groups">Those that should have it.</param>
    /// <param name="name">What it is called, in the plural.</param>
    /// <param name="read">Null when the run holds none; throws when it cannot be drawn.</param>
    /// <exception cref="FormatException">No group has it, and of some it cannot be drawn.</exception>
    public static StoredParts<T> Read(IEnumerable<ShownGroup> groups, string name, Func<RunData, T?> read)
    {
        List<(ShownGroup, RunData, T)> all = [];
        List<string> later = [];
        List<(string Label, string Why, bool IsDamaged)> without = [];
        foreach (ShownGroup one in groups)
        {
            string? damage = null;
            (RunData Run, T Part)? found = null;
            foreach (RunData run in one.Group.Counted)
            {
                try
                {
                    if (read(run) is not { } part) continue;
                    found = (run, part);
                    break;
                }
                catch (Exception e) when (e is FormatException or JsonException)
                {
                    damage ??= e.Message;
                }
            }

            if (found is not { } stored) without.Add((one.Group.Label, damage ?? "none stored", damage is not null));
            else all.Add((one, stored.Run, stored.Part));
            if (found is { } other && other.Run != one.Group.Counted[0]) later.Add(string.Create(CultureInfo.InvariantCulture, $"seed {other.Run.Run.Seed} of {one.Group.Label}"));
        }

        if (all.Count == 0 && without.Any(one => one.IsDamaged)) throw new FormatException(string.Join("; ", without.Select(one => $"{one.Label}: {one.Why}")));
        string named = string.Join("; ", without.Select(one => $"{one.Label} ({(one.IsDamaged ? $"what is stored cannot be drawn: {one.Why}" : one.Why)})"));
        string instead = later.Count == 0 ? "" : $" Where the first seed holds no {name} that can be drawn, a later one stands for it: {MarkdownText.Plain(string.Join("; ", later))}.";
        return new StoredParts<T>(all, instead + (named.Length == 0 ? "" : $" Without {name}: {MarkdownText.Plain(named)}."));
    }
}
