using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner note RUN TEXT</c>: the remark on a run.</summary>
static class NoteCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("RUN") { Description = RunArgument.Description };
        Argument<string[]> text = new("TEXT") { Description = "The remark, in place of the one that there is; '' takes it away [default: show it]", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("note", "Show or replace the remark on a run") { selector, text };
        command.SetAction(parsed => Note(globals.Read(parsed), parsed.GetRequiredValue(selector), parsed.GetValue(text) ?? []));
        return command;
    }

    static int Note(Globals globals, string selector, string[] words)
    {
        string id;
        using (RunQueries queries = DatabaseFile.Open(globals))
            id = RunArgument.Resolve(queries, selector);
        if (words.Length > 0)
        {
            string text = string.Join(' ', words).Trim();
            using RunStore store = DatabaseFile.OpenForWriting(globals);
            store.SetNote(id, text.Length == 0 ? null : text);
        }

        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            RunDetail run = queries.Get(id);
            if (globals.Json)
                CommandJson.Write(globals.Output, new { run.Run.Id, run.Note });
            else if (!globals.Quiet || words.Length == 0)
                globals.Output.WriteLine(VisibleText.Of($"run {id} ({run.Run.Name}): {run.Note ?? "no note"}"));
        }

        return ExitCodes.Ok;
    }
}
