package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.cache.Lease;
import io.github.ftmaven.plugin.device.CudaLibraries;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * A libtorch for CUDA from Maven repositories: the JavaCPP Presets publish libtorch and the parts of CUDA that it needs,
 * about 3 GB. They are no dependencies, because NVIDIA's licence applies to them and the user has to ask for them.
 */
public final class CudaArtifacts {
    /** The first that holds a library counts; the CUDA that libtorch was built with comes before an older one. */
    private static final List<String> COORDINATES = List.of(
            "org.bytedeco:pytorch:jar:linux-x86_64-gpu:2.7.1-1.5.12",
            "org.bytedeco:openblas:jar:linux-x86_64:0.3.30-1.5.12",
            "org.bytedeco:cuda-redist:jar:linux-x86_64:12.9-9.10-1.5.12",
            // Of all jars only this one has cuBLAS, cuSPARSE, cuSOLVER and cuDNN.
            "org.bytedeco:cuda:jar:linux-x86_64-redist:12.6-9.5-1.5.11");

    private static final String PLATFORM = "linux-x86_64";
    private static final String NAME = "libtorch-2.7.1-1.5.12-cuda-12.9";

    /** Its kernels, for GPUs from Maxwell to Hopper. */
    public static final Gpu.Kernels KERNELS = new Gpu.Kernels(
            50,
            90,
            "Set PYTORCH_LIBRARY_PATH to the lib directory of a torch==2.7.1 wheel for CUDA 12.8 and ft.cuda to path, or"
                    + " use -Dft.device=cpu.");

    private final RepositorySystem repositories;

    /** Creates it for Maven. */
    @Inject
    public CudaArtifacts(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * Where the libraries are unpacked.
     *
     * @param cache {@code ft.cacheDirectory}
     */
    public static Path directory(Path cache) {
        return cache.resolve("cuda").resolve(NAME);
    }

    /**
     * Downloads and unpacks the libraries, unless they are there.
     *
     * @param cache {@code ft.cacheDirectory}
     * @param told receives sentences for the user
     * @throws InvalidInputException if there are none for this platform
     * @throws UnavailableException if a library can neither be found nor downloaded
     */
    public void install(
            MavenProject project, RepositorySystemSession session, Platform platform, Path cache, Consumer<String> told)
            throws IOException {
        if (!platform.classifier().equals(PLATFORM)) {
            throw new InvalidInputException(
                    "ft.cuda is maven, but Maven repositories have a libtorch for CUDA only for " + PLATFORM
                            + ", not for " + platform.classifier() + ". Set PYTORCH_LIBRARY_PATH and ft.cuda to path.");
        }
        Path directory = directory(cache);
        Lease lease = Lease.await(
                cache.resolve("leases").resolve(NAME),
                holder -> told.accept("Waiting for " + holder + ", which unpacks libtorch for CUDA."));
        try {
            if (CudaLibraries.areIn(directory)) {
                return;
            }
            told.accept("Getting libtorch for CUDA from Maven repositories, about 3 GB. NVIDIA's licence terms for CUDA"
                    + " and cuDNN apply.");
            CudaLibraries.unpack(resolve(project, session), directory);
        } finally {
            lease.close();
        }
    }

    private List<Path> resolve(MavenProject project, RepositorySystemSession session) throws UnavailableException {
        List<ArtifactRequest> requests = new ArrayList<>();
        for (String coordinates : COORDINATES) {
            Artifact artifact = new DefaultArtifact(coordinates);
            requests.add(new ArtifactRequest(artifact, WorkerClassPath.remotes(project), null));
        }
        try {
            List<Path> jars = new ArrayList<>();
            for (ArtifactResult result : repositories.resolveArtifacts(session, requests)) {
                jars.add(result.getArtifact().getFile().toPath());
            }
            return jars;
        } catch (ArtifactResolutionException e) {
            throw new UnavailableException(
                    "ft.cuda is maven, but its libraries cannot be resolved: " + e.getMessage()
                            + (session.isOffline()
                                    ? "\nThe build is offline. Run ft:fetch -Dft.cuda=maven once with the network."
                                    : ""),
                    e);
        }
    }
}
