using AeVae.Runner.Invocation;
namespace AeVae.Runner.Commands;

/// <summary>What the program says when it is started without a command.</summary>
static class Welcome
{
    /// <summary>The first commands to type.</summary>
    public static int Write(Globals globals)
    {
        string runner = ProgramName.Text;
        globals.Output.WriteLine($"""
            AeVae runs, records and explains experiments with autoencoders and variational autoencoders.

            Start here:
              {runner} run experiments/quickstart.yaml     seconds, needs no data
              {runner} run experiments/vae-lr1e-4.yaml     a VAE on MNIST, a few minutes

            Then:
              {runner} list                                what has been run
              {runner} show @last                          everything about the newest run
              {runner} verify @last                        execute it again and compare every bit
              {runner} --help                              all commands
            """);
        return ExitCodes.Ok;
    }
}
