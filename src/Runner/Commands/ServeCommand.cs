using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Serving;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner serve</c>: the runs in a browser.</summary>
static class ServeCommand
{
    const int DefaultPort = 6007;

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Option<int> port = CommandOptions.FromOne(new Option<int>("--port") { Description = "Port of this machine", HelpName = "N", DefaultValueFactory = _ => DefaultPort }, ushort.MaxValue);
        Command command = new("serve", "Show runs, reports and comparisons in a browser of this machine, live, until Ctrl-C") { port };
        command.SetAction(parsed => Serve(globals.Read(parsed), parsed.GetValue(port)));
        return command;
    }

    static int Serve(Globals globals, int port)
    {
        using (RunQueries _ = DatabaseFile.Open(globals))
        {
            // There is something to serve.
        }

        using Interruption interruption = new();
        try
        {
            new WebServer(port, new Site(globals.DatabasePath).Answer, bug => Say(globals, bug)).RunAsync(() => Announce(globals, port), interruption.Token).GetAwaiter().GetResult();
        }
        catch (HttpListenerException refused)
        {
            throw new CommandException(ExitCodes.UserError, $"port {port} cannot be used: {refused.Message.TrimEnd('.')}. Take another: {globals.Command($"serve --port {(port is ushort.MaxValue or < 1024 ? DefaultPort : port + 1)}")}");
        }

        return interruption.ExitCode;
    }

    static void Say(Globals globals, Exception bug) =>
        globals.Error.WriteLine($"error: a page could not be made, which is a bug of AeVae: {(globals.Verbose ? bug : $"{bug.GetType().Name}: {bug.Message} (with --verbose: where)")}");

    static void Announce(Globals globals, int port)
    {
        string address = $"http://localhost:{port}/";
        globals.Output.WriteLine(globals.Json ? new JsonObject { ["url"] = address }.ToJsonString() : address);
        globals.Output.Flush();
        globals.Note($"only this machine is answered; from another one: ssh -L {port}:localhost:{port} HOST. Ctrl-C ends it.");
    }
}
