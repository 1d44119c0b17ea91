namespace AeVae.Acceptance;

/// <summary>A folder of pictures is trained on, verified, and its change noticed.</summary>
public sealed class OwnImagesTests : IDisposable
{
    // 8 × 8 pixels, a square of three by three on a ground of another colour, saved by Pillow.
    static readonly string[] Squares =
    [
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAJklEQVR42mN09eNiYGBgYGCYElrBgASYGHAAnBKMNxc3kaaDihIAemwEC4uW+/4AAAAASUVORK5CYII=",
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAKklEQVR42mMUZtFhwAZYGBgY9i7aC+E4xznDJZgYcACcEoy47CDdKJwSAEtiA5en3xh9AAAAAElFTkSuQmCC",
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAKElEQVR42mNsmP2DARtgYsABWCCUFdtkCOPYr1wCOggZBTeBsA6cEgDLvAdUtMSzPwAAAABJRU5ErkJggg==",
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAJUlEQVR42mPsf+/OgA0wMeAAOCVY4CzHPTshjP0u7mQZxUiyqwAGQQab/hJ6tQAAAABJRU5ErkJggg==",
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAJ0lEQVR42mNMud3LgA0wMeAApEuwIHOWvNCFMGIkLlNoVIzEZTgbAG/WBicdtjRKAAAAAElFTkSuQmCC",
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAHElEQVR42mO8oSPGgA0wMeAAVJRgQeffLCHXKAAudQJ9oLoHdQAAAABJRU5ErkJggg==",
    ];

    readonly RunnerProgram _runner = new();

    [Fact]
    public void AFolderOfPicturesIsTrainedOnAndVerifiedAndItsChangeIsNoticed()
    {
        for (int i = 0; i < 30; i++)
        {
            string path = Picture(i);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Convert.FromBase64String(Squares[i % Squares.Length]));
        }

        string file = Path.Combine(_runner.Folder, "own.yaml");
        File.WriteAllText(file, """
            data: {dataset: images, path: own, size: 8, validation: 6}
            model: {type: vae, encoder: [16], latent_dim: 2}
            train: {epochs: 2, batch_size: 8}
            """);
        Finished run = _runner.Run("run", file);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("reading own: 30 images", run.Error, StringComparison.Ordinal);
        Assert.Contains("model      vae 192-16-2-16-192, ", run.Error + run.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_runner.Folder, "reports"), "samples.*", SearchOption.AllDirectories));

        // Elsewhere: decoded again, with other instructions, on one thread, by a locale that sorts otherwise.
        Directory.Delete(Path.Combine(_runner.Folder, "data", ".prepared"), recursive: true);
        Finished verified = _runner.Run([("DOTNET_EnableHWIntrinsic", "0"), ("LC_ALL", "tr_TR.UTF-8")], "verify", "own", "--threads", "1");
        Assert.True(verified.ExitCode == 0, verified.ToString());

        File.Copy(Picture(1), Picture(2), overwrite: true);
        Finished changed = _runner.Run("verify", "own");
        Assert.True(changed.ExitCode == 3, changed.ToString());
        Assert.Contains("The data changed: t", changed.Output, StringComparison.Ordinal);
    }

    string Picture(int i) => Path.Combine(_runner.Folder, "data", "own", i % 2 == 0 ? "even" : "odd", $"{i}.png");

    public void Dispose() => _runner.Dispose();
}
