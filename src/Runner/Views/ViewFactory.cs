using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Verifying;

namespace AeVae.Runner.Views;

/// <summary>Which view suits the options and the terminal: JSON or quiet when asked for, live in a terminal, else plain.</summary>
static class ViewFactory
{
    /// <summary>Of a run.</summary>
    public static IRunView OfRun(Globals globals) =>
        globals.Json ? new JsonRunView(globals)
        : globals.Quiet ? new QuietRunView(globals)
        : Terminal.IsInteractive ? new LiveRunView(globals, Terminal.ErrorConsole(globals))
        : new PlainRunView(globals);

    /// <summary>Of a sweep.</summary>
    public static ISweepView OfSweep(Globals globals) =>
        globals.Json ? new JsonSweepView(globals)
        : globals.Quiet ? new QuietSweepView(globals)
        : Terminal.IsInteractive ? new LiveSweepView(globals, Terminal.ErrorConsole(globals))
        : new PlainSweepView(globals);

    /// <summary>Of a verification; one line for each of several.</summary>
    public static IVerificationView OfVerification(Globals globals, bool isOneOfSeveral) =>
        globals.Json ? new JsonVerificationView(globals)
        : isOneOfSeveral ? new BriefVerificationView(globals)
        : globals.Quiet ? new QuietVerificationView(globals)
        : Terminal.IsInteractive ? new LiveVerificationView(globals)
        : new PlainVerificationView(globals);
}
