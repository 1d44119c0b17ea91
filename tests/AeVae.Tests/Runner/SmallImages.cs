using AeVae.Reports.Drawing;

namespace AeVae.Tests.Runner;

/// <summary>Pictures of 8 × 8 pixels, for tests in which it does not matter what is trained: of a run on 784 pixels the baselines and the search for neighbours take most of the time.</summary>
static class SmallImages
{
    const int Side = 8, Train = 300, Test = 100, Classes = 2;

    static readonly string Folder = Write();

    /// <summary>What an experiment says of them: 300 training and 100 test images of two classes.</summary>
    public static string Dataset => $"dataset: images, path: '{Folder}', size: {Side}, channels: grey";

    // A bright square on black, at the left or at the right.
    static string Write()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, $"small-images-{Train}-{Test}");     // beside the tests: the process is ended without a chance to tidy up
        foreach ((string split, int first, int count) in ((string, int, int)[])[("train", 0, Train), ("test", Train, Test)])
        {
            for (int image = first; image < first + count; image++)
            {
                int left = image % Classes * 4 + image / 2 % 2, top = image / 4 % 5, size = 3, grey = 130 + image * 37 % 125;
                byte[] pixels = new byte[Side * Side];
                for (int i = 0; i < size * size; i++)
                    pixels[(top + i / size) * Side + left + i % size] = (byte)(grey - 7 * i);
                string ofClass = Directory.CreateDirectory(Path.Combine(folder, split, image % Classes == 0 ? "left" : "right")).FullName;
                File.WriteAllBytes(Path.Combine(ofClass, $"{image}.png"), StoredPng.Encode(new RasterImage(pixels, Side, Side)));
            }
        }

        return folder;
    }
}
