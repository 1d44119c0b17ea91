using System.Diagnostics;
using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C12: a process that is killed while it writes checkpoints leaves a whole one, and training goes on from it with the same bits.</summary>
public sealed class KilledRunTests : IDisposable
{
    const int Kills = 8;

    readonly string folder = Directory.CreateTempSubdirectory("aevae killed ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatAKillLeavesIsWholeAndContinuesWithTheSameBits()
    {
        string[] whole = [.. Epochs(null)];
        for (int kill = 0; kill < Kills; kill++)
        {
            string file = Path.Combine(folder, $"{kill}.safetensors");
            using Process process = ChildProcess.Start(ChildProcess.Host, [ChildProcess.Assembly, "save", file], [], folder);
            try
            {
                Assert.True(SpinWait.SpinUntil(() => File.Exists(file) || process.HasExited, TimeSpan.FromMinutes(1)) && !process.HasExited, "no checkpoint was written");
                Thread.Sleep(3 * kill);
            }
            finally
            {
                process.Kill();
                process.WaitForExit();
            }

            Checkpoint checkpoint = Checkpoint.Load(file);
            Assert.Equal(whole[checkpoint.Epoch..], Epochs(checkpoint));
        }
    }

    static List<string> Epochs(Checkpoint? from)
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(ReferenceRun.Settings, ReferenceRun.Splits, team);
        if (from is not null) trainer.Restore(from);
        return [.. trainer.Run(CancellationToken.None).Select(epoch => $"{epoch.Epoch} {epoch.ParametersSha256} {epoch.OptimizerSha256} {epoch.OrderSha256}")];
    }
}
