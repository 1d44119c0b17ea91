using System.CommandLine;
using System.Text.Json.Nodes;
using AeVae.Runner.Execution;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Merging;

namespace AeVae.Runner.Commands;

/// <summary><c>runner merge OTHER.db…</c>: brings the runs and sweeps of other databases into this one.</summary>
static class MergeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> others = new("OTHER") { Description = "Databases of other machines or tasks; they stay as they are", Arity = ArgumentArity.OneOrMore };
        Command command = new("merge", "Bring the runs and sweeps of other databases into this one; the same again changes nothing") { others };
        command.SetAction(parsed => Merge(globals.Read(parsed), parsed.GetRequiredValue(others)));
        return command;
    }

    static int Merge(Globals globals, string[] others)
    {
        int conflicts = 0;
        using RunStore store = DatabaseFile.OpenForWriting(globals);
        foreach (string other in others)
        {
            if (Path.GetFullPath(other) == globals.DatabasePath)
                throw new CommandException(ExitCodes.UserError, $"{other} is the database to merge into. Name another one, or another --db.");
            try
            {
                MergeResult result = store.Merge(other);
                foreach (string run in result.Added.Concat(result.Updated))
                    new RunFolder(Path.GetFullPath(other), run).CopyTo(new RunFolder(globals.DatabasePath, run));
                Write(globals, other, result);
            }
            catch (MergeConflictException e)
            {
                conflicts++;
                globals.Error.WriteLine($"error: {other}: {e.Message}");
            }
        }

        if (!globals.Quiet && !globals.Json)
            globals.Error.WriteLine($"next: {globals.Command("list")}");
        return conflicts > 0 ? ExitCodes.Storage : ExitCodes.Ok;
    }

    static void Write(Globals globals, string other, MergeResult result)
    {
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject
            {
                ["file"] = other,
                ["added"] = new JsonArray([.. result.Added.Select(id => (JsonNode)id)]),
                ["updated"] = new JsonArray([.. result.Updated.Select(id => (JsonNode)id)]),
                ["unchanged"] = result.Unchanged,
                ["sweeps"] = new JsonArray([.. result.Sweeps.Select(id => (JsonNode)id)]),
            }.ToJsonString());
        }
        else if (!globals.Quiet)
        {
            string sweeps = result.Sweeps.Count == 0 ? "" : $", sweeps {string.Join(", ", result.Sweeps)}";
            globals.Output.WriteLine($"{PathText.Of(Path.GetFullPath(other))}: {NumberText.Count(result.Added.Count)} runs added, {NumberText.Count(result.Updated.Count)} brought up to date, {NumberText.Count(result.Unchanged)} known{sweeps}");
        }
    }
}
