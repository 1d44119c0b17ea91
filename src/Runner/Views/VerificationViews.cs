using AeVae.Runner.Commands;

namespace AeVae.Runner.Views;

/// <summary>Which view of a verification suits the options and the terminal.</summary>
static class VerificationViews
{
    /// <summary>JSON or quiet when asked for, live in a terminal, else plain; one line for each of several.</summary>
    public static IVerificationView Create(Globals globals, bool isOneOfSeveral) =>
        globals.Json ? new JsonVerificationView(globals)
        : isOneOfSeveral ? new BriefVerificationView(globals)
        : globals.Quiet ? new QuietVerificationView(globals)
        : Terminal.IsInteractive ? new LiveVerificationView(globals)
        : new PlainVerificationView(globals);
}
