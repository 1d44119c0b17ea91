using System.CommandLine;

namespace AeVae.Runner.Commands;

/// <summary>The program's commands.</summary>
internal static class CommandLine
{
    /// <summary>Builds the tree of commands.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("Runs, records and explains autoencoder and variational autoencoder experiments, to the bit.");
        GlobalOptions globals = new();
        globals.AddTo(root);
        return root;
    }
}
