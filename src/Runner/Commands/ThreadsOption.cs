using System.CommandLine;
using AeVae.Runner.Execution;

namespace AeVae.Runner.Commands;

/// <summary><c>--threads N</c>, alike in every command that trains.</summary>
static class ThreadsOption
{
    const int Most = 256;

    /// <summary>The option, with the physical cores as its default.</summary>
    public static Option<int> Create()
    {
        Option<int> threads = new("--threads") { Description = "Threads; they change the time and no number", HelpName = "N" };
        threads.DefaultValueFactory = _ => Math.Min(Processors.PhysicalCores, Most);
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value is < 1 or > Most)
                result.AddError($"--threads is {token.Value}, but must be 1 to {Most}.");
        });
        return threads;
    }
}
