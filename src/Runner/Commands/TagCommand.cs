using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner tag RUN…</c>: labels that runs are selected by.</summary>
static class TagCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<string[]> added = CommandOptions.Tag("--add", "Label to give them (may be repeated)"), removed = CommandOptions.Tag("--remove", "Label to take from them (may be repeated)", mayHaveComma: true);
        Command command = new("tag", "Show, give and take labels, by which tag:NAME selects runs") { selectors, added, removed };
        command.SetAction(parsed => Tag(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(added) ?? [], parsed.GetValue(removed) ?? []));
        return command;
    }

    static int Tag(Globals globals, string[] selectors, string[] added, string[] removed)
    {
        IReadOnlyList<string> ids;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            ids = RunArgument.ResolveAll(globals, queries, selectors, "is tagged").Ids;
            RunSummary[] before = [.. ids.Select(id => queries.Get(id).Run)];
            foreach (string tag in removed.Where(tag => before.All(run => !run.Tags.Contains(tag))))
                globals.Note($"{(before.Length == 1 ? $"run {ids[0]} has no tag" : "none of these runs has the tag")} {tag}");
        }

        if (added.Length + removed.Length > 0)
        {
            using RunStore store = DatabaseFile.OpenForWriting(globals);
            foreach (string id in ids)
                store.ChangeTags(id, added, removed);
        }

        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            RunSummary[] runs = [.. ids.Select(id => queries.Get(id).Run)];
            if (globals.Json)
                CommandJson.Write(globals.Output, runs.Select(run => new { run.Id, run.Tags }));
            else if (!globals.Quiet)
            {
                foreach (RunSummary run in runs)
                    globals.Output.WriteLine(VisibleText.Of($"run {run.Id} ({run.Name}): {(run.Tags.Count == 0 ? "no tags" : string.Join(' ', run.Tags))}"));
            }
        }

        return ExitCodes.Ok;
    }
}
