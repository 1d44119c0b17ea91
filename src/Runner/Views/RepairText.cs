using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>What was set right for runs whose process is dead, for people.</summary>
static class RepairText
{
    /// <summary>One line per run.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RepairedRun> repairs)
    {
        foreach (RepairedRun repair in repairs)
            writer.WriteLine($"run {repair.RunId}: {string.Join("; ", Parts(repair))}");
    }

    /// <summary>What to type next, if a run can go on.</summary>
    public static void WriteNext(TextWriter writer, Globals globals, IReadOnlyList<RepairedRun> repairs)
    {
        if (repairs.LastOrDefault(repair => repair.Death is not null) is { } crashed)
            writer.WriteLine($"next: {globals.Command($"resume {crashed.RunId}")}");
    }

    static IEnumerable<string> Parts(RepairedRun repair)
    {
        if (repair.Problem is { } problem)
            yield return problem;
        if (repair.Stored is { } stored)
            yield return $"stored from its journal: {stored}";
        else if (repair.Problem is null && repair.Death is null)
            yield return "its journal held nothing that is not stored";
        if (repair.TornLines > 0)
            yield return repair.TornLines == 1 ? "a torn line of the journal was dropped" : $"the last {repair.TornLines} lines of the journal were dropped, since the first of them is torn";
        if (repair.Death is { } death)
            yield return $"crashed, {death}";
    }
}
