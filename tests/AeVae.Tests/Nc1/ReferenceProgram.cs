using System.Diagnostics;
using System.Globalization;
using System.Text;
using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Nc1;

/// <summary>This assembly as a program, which the tests start under other settings, on other CPUs, beside a busy neighbour, and kill.</summary>
static class ReferenceProgram
{
    static void Main(string[] arguments)
    {
        if (arguments is ["save", var file])
        {
            SaveUntilKilled(file);
            return;
        }

        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);   // Windows has another
        Console.Write($"{Machine.Here}\n");
        Console.Write(ReferenceRun.Describe(int.Parse(arguments[0], CultureInfo.InvariantCulture)));
    }

    /// <summary>Trains the reference run again and again, with a checkpoint after every epoch, always in one file; a minute at most, should nobody kill it.</summary>
    static void SaveUntilKilled(string file)
    {
        using var team = new ThreadTeam(1);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            var trainer = new Trainer(ReferenceRun.Settings, ReferenceRun.Splits, team);
            foreach (EpochResult _ in trainer.Run(CancellationToken.None)) trainer.Capture().Save(file, "reference");
        }
    }
}
